//! The scopes of Okta's API that an app may ask for.
//!
//! To grant one is to give away the rights of an administrator, so that app administrators may not.

mod get;
mod grant;
mod list;
mod record;
mod revoke;
mod view;

use crate::api::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::AppGrants);
    const MANAGE: Rights = Rights::manage(Resource::AppGrants);
    const ALL: &str = "/api/v1/apps/{appId}/grants";
    const ONE: &str = "/api/v1/apps/{appId}/grants/{grantId}";
    table
        .get(ALL, "listScopeConsentGrants", READ, list::list)
        .post(ALL, "grantConsentToScope", MANAGE, grant::grant)
        .get(ONE, "getScopeConsentGrant", READ, get::get)
        .delete(ONE, "revokeScopeConsentGrant", MANAGE, revoke::revoke)
}
