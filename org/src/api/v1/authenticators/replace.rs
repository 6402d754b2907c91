use axum::Json;
use serde::Deserialize;
use serde_json::Value;

use super::record::find;
use super::settings::{SentSettings, changed};
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::authenticator::catalog::update_authenticator;
use crate::events::{Event, EventType};

/// What can be sent: the settings. The rest must be that of the authenticator; its name is the org's own.
#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    id: Option<String>,
    key: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    settings: Option<SentSettings>,
}

/// `PUT /api/v1/authenticators/{authenticatorId}`. It counts for the next question that anybody is asked.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(sent): Body<Sent>,
) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let record = find(writing.db, &id)?;
            let same = [
                ("id", &sent.id, id.as_str()),
                ("key", &sent.key, record.key.as_str()),
                ("type", &sent.kind, record.key.kind()),
            ];
            for (field, sent, own) in same {
                if sent.as_ref().is_some_and(|sent| sent != own) {
                    return Err(ApiError::invalid(field, "It cannot be changed"));
                }
            }
            let settings = changed(&record, &sent.settings.unwrap_or_default())?;
            let key = record.key;
            update_authenticator(writing.db, key, record.is_active, &settings, writing.now)?;
            let record = find(writing.db, &id)?;
            writing.log(Event::of(EventType::AuthenticatorUpdate).to(target(&record)))?;
            Ok(Json(view(&record, writing.url)))
        })
        .await
}
