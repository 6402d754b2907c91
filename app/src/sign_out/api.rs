use leptos::prelude::*;

use crate::error::AppError;

/// Judges the way back from the org's sign-out by the raw query: true when this browser's sign-out is what came back.
#[server(endpoint = "session/confirm-sign-out")]
pub(super) async fn confirm_sign_out(query: String) -> Result<bool, AppError> {
    std::future::ready(super::server::confirm_sign_out(&query)).await
}
