//! Primary authentication: Okta's authentication API, as far as it is done with name and password
//! (<https://developer.okta.com/docs/reference/api/authn/>).

mod authenticate;
mod view;

use crate::api::{Rights, Table};

pub(super) fn table(table: Table) -> Table {
    table.post(
        "/api/v1/authn",
        "localAuthenticate",
        Rights::Anybody,
        authenticate::authenticate,
    )
}
