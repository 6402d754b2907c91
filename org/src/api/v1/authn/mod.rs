//! Primary authentication: Okta's authentication API (<https://developer.okta.com/docs/reference/api/authn/>). A name and a password
//! begin a transaction; what the global session policy asks besides is answered step by step with its state token. Steps that are
//! not built say so.

mod authenticate;
mod cancel;
mod change_password;
mod found;
mod unbuilt;
mod verify;
mod view;

use crate::api::{Rights, Table};

pub(crate) use unbuilt::routes as unbuilt_steps;

pub(super) fn table(table: Table) -> Table {
    table
        .post(
            "/api/v1/authn",
            "localAuthenticate",
            Rights::Anybody,
            authenticate::authenticate,
        )
        .post(
            "/api/v1/authn/cancel",
            "localCancelAuthentication",
            Rights::Anybody,
            cancel::cancel,
        )
        .post(
            "/api/v1/authn/previous",
            "localPreviousAuthenticationState",
            Rights::Anybody,
            cancel::previous,
        )
        .post(
            "/api/v1/authn/credentials/change_password",
            "localChangeExpiredPassword",
            Rights::Anybody,
            change_password::change_password,
        )
        .post(
            "/api/v1/authn/factors/{factorId}/verify",
            "localVerifyFactorOfAuthentication",
            Rights::Anybody,
            verify::verify,
        )
}
