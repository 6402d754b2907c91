//! The org itself: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/OrgSettingGeneral/>.

mod get;
mod local;
mod update;
mod view;

use super::super::{Resource, Rights, Table};

/// What the org says of itself.
const ORG: &str = "/api/v1/org";
/// The switches that Okta has in its Admin Console alone.
const LOCAL: &str = "/local/org/settings";

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Orgs);
    const MANAGE: Rights = Rights::manage(Resource::Orgs);
    table
        .get(ORG, "getOrgSettings", READ, get::get)
        .post(ORG, "updateOrgSettings", MANAGE, update::update)
        .put(ORG, "replaceOrgSettings", MANAGE, update::replace)
        .get(LOCAL, "localGetOrgSettings", READ, local::get)
        .put(LOCAL, "localReplaceOrgSettings", MANAGE, local::replace)
}
