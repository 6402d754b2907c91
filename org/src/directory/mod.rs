//! Who there is: users with their life cycle, groups and membership.

mod access;
mod account;
mod attribute;
mod custom;
mod group;
mod lifecycle;
mod login;
mod nfkc;
mod profile;
mod rules;
mod status;
mod transition;
mod user;
mod user_type;

pub(crate) use access::{
    Kept, end_access, end_sessions, end_unassigned, revoke_other_tokens, revoke_tokens, strip,
};
pub(crate) use account::{Account, find_account, find_account_by_login, find_accounts_by_email};
pub(crate) use attribute::{ATTRIBUTES, Attribute, find_attribute};
pub(crate) use custom::{
    CustomAttribute, Definition, Profiled, SelfAccess, ValueType, delete_custom_attribute,
    list_custom_attributes, put_custom_attribute, schema_changed_at,
};
pub(crate) use group::{
    EVERYONE, Group, create_group, find_group_by_name, group_names_of, groups_of,
};
pub(crate) use lifecycle::{activate_user, find_status_since, set_status};
pub(crate) use login::{check_login, is_login_taken, login_key};
pub(crate) use nfkc::{nfkc, nfkc_folded};
pub(crate) use profile::Profile;
pub(crate) use rules::{Expression, apply_rule_to_all, apply_rules, leave_groups_of_rule};
pub(crate) use status::UserStatus;
pub(crate) use transition::Operation;
pub(crate) use user::{
    NewUser, User, add_to_group, create_user, delete_user, find_password_hash, find_user,
    find_user_status, grant_admin_role, record_sign_in, set_provider, update_profile,
    users_who_wait,
};

pub(crate) use user_type::{default_schema_id, default_user_type_id};

#[cfg(test)]
mod tests;
