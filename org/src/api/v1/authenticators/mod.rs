//! Authenticators: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Authenticator/>.

mod create;
mod get;
mod lifecycle;
mod list;
mod methods;
mod record;
mod replace;
mod settings;
mod view;

use super::super::{Resource, Rights, Table};

const READ: Rights = Rights::read(Resource::Authenticators);
const MANAGE: Rights = Rights::manage(Resource::Authenticators);

pub(super) fn table(table: Table) -> Table {
    let table = table
        .get(
            "/api/v1/authenticators",
            "listAuthenticators",
            READ,
            list::list,
        )
        .post(
            "/api/v1/authenticators",
            "createAuthenticator",
            MANAGE,
            create::create,
        )
        .get(
            "/api/v1/authenticators/{authenticatorId}",
            "getAuthenticator",
            READ,
            get::get,
        )
        .put(
            "/api/v1/authenticators/{authenticatorId}",
            "replaceAuthenticator",
            MANAGE,
            replace::replace,
        )
        .post(
            "/api/v1/authenticators/{authenticatorId}/lifecycle/activate",
            "activateAuthenticator",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/authenticators/{authenticatorId}/lifecycle/deactivate",
            "deactivateAuthenticator",
            MANAGE,
            lifecycle::deactivate,
        );
    methods::table(table)
}
