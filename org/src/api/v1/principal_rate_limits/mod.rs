//! The share of the limits that one API token or one app may use
//! (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/PrincipalRateLimit/>). It counts from the next
//! request on. Where nothing is set, it is Okta's half.

mod body;
mod change;
mod list;
mod record;
mod view;

use super::super::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::PrincipalRateLimits);
    const MANAGE: Rights = Rights::manage(Resource::PrincipalRateLimits);
    const ALL: &str = "/api/v1/principal-rate-limits";
    const ONE: &str = "/api/v1/principal-rate-limits/{principalRateLimitId}";
    table
        .get(ALL, "listPrincipalRateLimitEntities", READ, list::list)
        .post(
            ALL,
            "createPrincipalRateLimitEntity",
            MANAGE,
            change::create,
        )
        .get(ONE, "getPrincipalRateLimitEntity", READ, list::get)
        .put(
            ONE,
            "replacePrincipalRateLimitEntity",
            MANAGE,
            change::replace,
        )
}
