use leptos::prelude::*;

use super::Report;
use crate::error::AppError;

/// What the app holds for the signed-in person, without the tokens.
#[server(endpoint = "tokens/inspect")]
pub(super) async fn inspect_tokens() -> Result<Report, AppError> {
    super::server::report().await
}

/// Gets new tokens from the org; answers with a redirect to the inspector.
#[server(endpoint = "tokens/refresh")]
pub(super) async fn refresh() -> Result<(), AppError> {
    super::server::refresh().await
}

/// Ends the access token at the org; answers with a redirect to the inspector.
#[server(endpoint = "tokens/revoke")]
pub(super) async fn revoke() -> Result<(), AppError> {
    super::server::revoke().await
}

/// Has the org asked about a token: `id`, `access` or `refresh`. Answers with a redirect to the inspector, which asks and
/// shows what the org says.
#[server(endpoint = "tokens/introspect")]
pub(super) async fn introspect(kind: String) -> Result<(), AppError> {
    super::server::introspect(&kind).await
}
