use axum::Json;
use serde_json::Value;

use super::super::record::find;
use super::super::view::target;
use super::{find_method, switch, view::view};
use crate::api::{ApiError, Change, Path};
use crate::authenticator::catalog::update_authenticator;
use crate::events::{Event, EventType};

/// `POST /api/v1/authenticators/{authenticatorId}/methods/{methodType}/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(names): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    set(change, names, true).await
}

/// `POST /api/v1/authenticators/{authenticatorId}/methods/{methodType}/lifecycle/deactivate`.
pub(super) async fn deactivate(
    change: Change,
    Path(names): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    set(change, names, false).await
}

async fn set(
    change: Change,
    (id, named): (String, String),
    is_active: bool,
) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let mut record = find(writing.db, &id)?;
            let method = find_method(&record, &named)?;
            switch(&mut record, method, is_active)?;
            let (key, settings) = (record.key, &record.settings);
            update_authenticator(writing.db, key, record.is_active, settings, writing.now)?;
            writing.log(Event::of(EventType::AuthenticatorUpdate).to(target(&record)))?;
            Ok(Json(view(&record, method, writing.url)))
        })
        .await
}
