use axum::Json;
use model::ErrorCode;
use rusqlite::Connection;
use serde_json::Value;

use super::record::{Record, find, policies_with};
use super::view::{target, view};
use crate::api::{ApiError, Change, Path};
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::catalog::update_authenticator;
use crate::events::{Event, EventType};

/// `POST /api/v1/authenticators/{authenticatorId}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    set(change, id, true).await
}

/// `POST /api/v1/authenticators/{authenticatorId}/lifecycle/deactivate`. One that people may set up stays active, and so does
/// the password.
pub(super) async fn deactivate(
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    set(change, id, false).await
}

async fn set(change: Change, id: String, is_active: bool) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let record = find(writing.db, &id)?;
            if !is_active {
                check_unused(writing.db, &record)?;
            }
            let (key, settings) = (record.key, &record.settings);
            update_authenticator(writing.db, key, is_active, settings, writing.now)?;
            let record = find(writing.db, &id)?;
            let event = if is_active {
                EventType::AuthenticatorActivate
            } else {
                EventType::AuthenticatorDeactivate
            };
            writing.log(Event::of(event).to(target(&record)))?;
            Ok(Json(view(&record, writing.url)))
        })
        .await
}

fn check_unused(db: &Connection, record: &Record) -> Result<(), ApiError> {
    let policies = policies_with(db, record.key)?;
    if !policies.is_empty() {
        let cause = format!("Authenticator Enrollment Policies: {}", policies.join(", "));
        return Err(ApiError::new(ErrorCode::AuthenticatorInUse).because(cause));
    }
    if record.key == AuthenticatorKey::OktaPassword {
        return Err(ApiError::forbidden());
    }
    Ok(())
}
