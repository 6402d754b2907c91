use axum::Json;
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::token_of;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Credential, Path, Writing, delete_api_token};
use crate::events::{Event, EventType};
use crate::store::Moment;

/// What of a token can be changed.
#[derive(Debug, Deserialize)]
pub(super) struct TokenBody {
    #[serde(default)]
    name: String,
    network: Option<Network>,
}

#[derive(Debug, Deserialize)]
struct Network {
    connection: Option<String>,
}

/// Okta's limit, in characters.
const NAME: usize = 255;

/// `PUT /api/v1/api-tokens/{apiTokenId}`: gives a token another name.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<TokenBody>,
) -> Result<Json<Value>, ApiError> {
    let name = body.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME {
        return Err(ApiError::invalid(
            "name",
            "The name has 1 to 255 characters",
        ));
    }
    let connection = body.network.and_then(|network| network.connection);
    if connection.is_some_and(|connection| connection != "ANYWHERE") {
        return Err(ApiError::invalid(
            "network.connection",
            "The local org has no network zones: the connection is ANYWHERE",
        ));
    }
    change
        .run(move |writing| {
            let token = token_of(writing.db, &id)?;
            writing
                .db
                .prepare_cached("UPDATE api_tokens SET name = ?2, updated_at = ?3 WHERE id = ?1")?
                .execute((&token.id, name, Moment(writing.now)))?;
            let token = token_of(writing.db, &id)?;
            writing.log(Event::of(EventType::ApiTokenUpdate).to(target(&token)))?;
            Ok(Json(view(&token, writing.url)))
        })
        .await
}

/// `DELETE /api/v1/api-tokens/{apiTokenId}`.
pub(super) async fn delete(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    change.run(move |writing| end(writing, &id)).await
}

/// `DELETE /api/v1/api-tokens/current`: the token of this very call.
pub(super) async fn delete_current(change: Change) -> Result<StatusCode, ApiError> {
    let Credential::ApiToken(own) = change.caller.credential.clone() else {
        return Err(ApiError::not_found("ApiToken", "current"));
    };
    change.run(move |writing| end(writing, &own.id)).await
}

fn end(writing: &Writing<'_>, id: &str) -> Result<StatusCode, ApiError> {
    let token = token_of(writing.db, id)?;
    delete_api_token(writing.db, &token.id)?;
    writing.log(Event::of(EventType::ApiTokenRevoke).to(target(&token)))?;
    Ok(StatusCode::NO_CONTENT)
}
