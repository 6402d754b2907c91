use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::answer::Refusal;
use super::change::Change;
use crate::Org;
use crate::events::Origin;
use crate::org::{ApiTokenError, make_api_token};

/// `POST /dev/api-token`: makes an API token with the rights of the first super administrator, or of `{"login": …}`.
pub(super) async fn create(
    State(org): State<Org>,
    origin: Origin,
    change: Change,
) -> Result<Response, Refusal> {
    let name = change.text("name").unwrap_or("Development");
    match make_api_token(&org, change.text("login"), name, origin).await? {
        Ok(made) => {
            let body = json!({"token": made.token.expose_secret(), "login": made.login});
            Ok((StatusCode::CREATED, Json(body)).into_response())
        }
        Err(error @ ApiTokenError::Name) => Err(Refusal::Invalid(error.to_string())),
        Err(error) => Err(Refusal::Unknown(error.to_string())),
    }
}
