//! Refresh tokens, as those of an app, of a user at an app, and of an authorization server at an app:
//! <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ApplicationTokens/>,
//! <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserOAuth/>,
//! <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerClients/>.

mod of_app;
mod of_server;
mod of_user;
mod place;
mod read;
mod revoke;
mod view;

use crate::api::Table;
use place::Place;

pub(super) fn table(table: Table) -> Table {
    of_server::table(of_user::table(of_app::table(table)))
}
