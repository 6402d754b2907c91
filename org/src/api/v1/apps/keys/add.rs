use axum::Json;
use http::StatusCode;
use serde_json::{Map, Value};

use super::super::jwk;
use super::super::view::target;
use super::{find, find_to_change, key_view};
use crate::api::{ApiError, Body, Change, Path};
use crate::apps::{create_key, list_keys};
use crate::events::{Event, EventType};

/// `POST /api/v1/apps/{appId}/credentials/jwks`. Keys are told apart by their `kid`.
pub(super) async fn add(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<Map<String, Value>>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let key = jwk::check(body)?;
    change
        .run(move |writing| {
            let app = find_to_change(writing, &id)?;
            let keys = list_keys(writing.db, &app.id)?;
            if keys.len() >= jwk::MOST {
                return Err(ApiError::invalid("jwks", "There are more than 50 keys"));
            }
            let has_nameless = keys.iter().any(|old| old.kid().is_none());
            if has_nameless || (key.kid().is_none() && !keys.is_empty()) {
                return Err(ApiError::invalid(
                    "kid",
                    "Each of several keys needs a 'kid'",
                ));
            }
            if keys.iter().any(|old| old.kid() == key.kid()) {
                return Err(ApiError::duplicate("kid"));
            }
            let added = create_key(writing.db, &app.id, &key, writing.entropy, writing.now)?;
            writing.log(Event::of(EventType::ClientUpdate).to(target(&app)))?;
            let (app, key) = find(writing.db, &id, added.as_str())?;
            let shape = key_view(&app.id, &key, writing.url);
            Ok((StatusCode::CREATED, Json(shape)))
        })
        .await
}
