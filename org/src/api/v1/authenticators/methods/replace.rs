use axum::Json;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::record::find;
use super::super::view::target;
use super::view::{settings, view};
use super::{find_method, switch};
use crate::api::{ApiError, Body, Change, Path};
use crate::authenticator::Method;
use crate::authenticator::catalog::update_authenticator;
use crate::events::{Event, EventType};
use crate::policy::Status;

/// What can be sent.
#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    #[serde(rename = "type")]
    kind: Option<String>,
    status: Option<Status>,
    #[serde(default)]
    settings: Option<Map<String, Value>>,
}

/// `PUT /api/v1/authenticators/{authenticatorId}/methods/{methodType}`.
pub(super) async fn replace(
    change: Change,
    Path((id, named)): Path<(String, String)>,
    Body(sent): Body<Sent>,
) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let mut record = find(writing.db, &id)?;
            let method = find_method(&record, &named)?;
            if sent.kind.is_some_and(|sent| sent != method.as_str()) {
                return Err(ApiError::invalid("type", "It cannot be changed"));
            }
            check_settings(method, sent.settings.unwrap_or_default())?;
            // The status of a method whose authenticator is inactive says nothing of the method.
            if let Some(status) = sent.status.filter(|_| record.is_active) {
                switch(&mut record, method, status == Status::Active)?;
            }
            let (key, settings) = (record.key, &record.settings);
            update_authenticator(writing.db, key, record.is_active, settings, writing.now)?;
            writing.log(Event::of(EventType::AuthenticatorUpdate).to(target(&record)))?;
            Ok(Json(view(&record, method, writing.url)))
        })
        .await
}

/// Lets those settings pass that are as the org does it, and refuses to say that it does otherwise.
fn check_settings(method: Method, sent: Map<String, Value>) -> Result<(), ApiError> {
    let fixed = settings(method).unwrap_or_default();
    for (name, value) in sent {
        if value.is_null() || fixed.get(&name) == Some(&value) {
            continue;
        }
        let message = match fixed.get(&name) {
            Some(own) => format!("In the local org it is always {own}"),
            None => "The local org has no such setting".to_owned(),
        };
        return Err(ApiError::invalid(&format!("settings.{name}"), &message));
    }
    Ok(())
}
