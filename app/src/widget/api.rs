use leptos::prelude::*;

use super::Embedding;
use crate::error::AppError;

/// Begins an interaction for the page. `query` is the raw query of the link that led to it.
#[server(endpoint = "session/interact")]
pub(super) async fn begin_interaction(query: String) -> Result<Embedding, AppError> {
    super::server::begin_interaction(&query).await
}
