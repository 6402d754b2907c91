//! Who there is: users with their life cycle, groups and membership.

mod account;
mod attribute;
mod group;
mod lifecycle;
mod login;
mod nfkc;
mod profile;
mod status;
mod user;

pub(crate) use account::{Account, find_account, find_account_by_login, find_accounts_by_email};
pub(crate) use attribute::{ATTRIBUTES, Attribute, find_attribute};
pub(crate) use group::{
    EVERYONE, Group, create_group, find_group_by_name, group_names_of, groups_of,
};
pub(crate) use lifecycle::{activate_user, find_status_since, set_status};
pub(crate) use login::{check_login, is_login_taken, login_key};
pub(crate) use nfkc::{nfkc, nfkc_folded};
pub(crate) use profile::Profile;
pub(crate) use status::UserStatus;
pub(crate) use user::{
    NewUser, User, add_to_group, create_user, find_password_hash, find_user, find_user_status,
    grant_admin_role, record_sign_in, users_who_wait,
};

#[cfg(test)]
mod tests;
