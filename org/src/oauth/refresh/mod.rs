//! Refresh tokens: what an app holds that comes back for a person who is not there.
//!
//! A sign-in with the scope `offline_access` begins a [`RefreshGrant`]. Rotation gives it another token each time; whoever comes with
//! an older one shows that two have it, and the grant ends with all that it gave (RFC 9700 §4.14.2).

mod end;
mod record;
mod rotation;

pub(crate) use end::{end_refresh_grant, end_refresh_grants, end_refresh_grants_of_code};
pub(crate) use record::{
    NewRefreshGrant, RefreshGrant, Terms, Whose, create_refresh_grant, find_refresh_grant,
    find_refresh_token, list_refresh_grants,
};
pub(crate) use rotation::{Presented, Use, is_usable, use_refresh_token};
