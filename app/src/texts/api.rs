use leptos::prelude::*;

use crate::error::AppError;

/// Answers in this language from now on, in this browser; answers with a redirect to `return_to`, a path of the app.
#[server(endpoint = "language")]
async fn choose_language(language: String, return_to: String) -> Result<(), AppError> {
    std::future::ready(super::server::choose(&language, &return_to)).await
}
