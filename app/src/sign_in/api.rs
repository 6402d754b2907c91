use leptos::prelude::*;

use crate::error::AppError;

/// Starts a sign-in: seals the transaction into a cookie and redirects to the org. `query` is the raw query of the link.
#[server(endpoint = "session/begin")]
pub(super) async fn begin_sign_in(query: String) -> Result<(), AppError> {
    super::server::begin_sign_in(&query).await
}

/// Exchanges the authorization code of the callback and opens the session. `query` is the raw query of the callback,
/// so that a parameter sent twice is seen.
#[server(endpoint = "session/complete")]
pub(super) async fn complete_sign_in(query: String) -> Result<(), AppError> {
    super::server::complete_sign_in(&query).await
}
