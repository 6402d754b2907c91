use leptos::prelude::*;

use super::Progress;
use crate::error::AppError;

/// How far the signed-in person has come.
#[server(endpoint = "onboarding/progress")]
pub(super) async fn onboarding_progress() -> Result<Progress, AppError> {
    super::server::progress().await
}

/// Keeps the names and the language; answers with a redirect to the next step, or back with the field at fault.
#[server(endpoint = "onboarding/names")]
pub(super) async fn save_names(
    first_name: String,
    last_name: String,
    locale: String,
    then: String,
) -> Result<(), AppError> {
    super::server::save_names([first_name, last_name, locale], &then).await
}

/// Keeps where to start and ends onboarding; answers with a redirect there.
#[server(endpoint = "onboarding/finish")]
pub(super) async fn finish_onboarding(landing: String, then: String) -> Result<(), AppError> {
    super::server::finish(&landing, &then).await
}
