//! Apps: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Application/>.

mod body;
mod check;
mod create;
mod delete;
mod get;
mod grants;
mod grants_allowed;
mod groups;
mod jwk;
mod keys;
mod lifecycle;
mod list;
mod policies;
mod record;
mod replace;
mod secrets;
mod supported;
mod uris;
mod users;
mod view;

use crate::api::{Resource, Rights, Table};

pub(super) use record::{find_app, find_to_change};
pub(super) use view::{NAME as APP_NAME, Secrets, target as app_target, view};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Apps);
    const MANAGE: Rights = Rights::manage(Resource::Apps);
    const ONE: &str = "/api/v1/apps/{appId}";
    let table = table
        .get("/api/v1/apps", "listApplications", READ, list::list)
        .post("/api/v1/apps", "createApplication", MANAGE, create::create)
        .get(ONE, "getApplication", READ, get::get)
        .put(ONE, "replaceApplication", MANAGE, replace::replace)
        .delete(ONE, "deleteApplication", MANAGE, delete::delete)
        .post(
            "/api/v1/apps/{appId}/lifecycle/activate",
            "activateApplication",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/apps/{appId}/lifecycle/deactivate",
            "deactivateApplication",
            MANAGE,
            lifecycle::deactivate,
        )
        .put(
            "/api/v1/apps/{appId}/policies/{policyId}",
            "assignApplicationPolicy",
            MANAGE,
            policies::assign,
        );
    let nouns: [fn(Table) -> Table; 5] = [
        groups::table,
        users::table,
        secrets::table,
        keys::table,
        grants::table,
    ];
    nouns.iter().fold(table, |table, noun| noun(table))
}
