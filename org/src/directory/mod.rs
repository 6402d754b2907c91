//! Who there is: users with their life cycle, groups and membership.

mod group;
mod profile;
mod status;
mod user;

pub(crate) use group::{EVERYONE, Group, create_group, find_group_by_name, group_names_of};
pub(crate) use profile::Profile;
pub(crate) use status::UserStatus;
pub(crate) use user::{
    NewUser, User, add_to_group, create_user, find_password_record, find_user, find_user_status,
    grant_admin_role, record_sign_in,
};
