//! Any session, by its id.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde_json::Value;

use super::view::view;
use super::{Shown, end};
use crate::Org;
use crate::api::{ApiError, Change, Path};
use crate::session::{find_session_by_id, touch_session};

fn missing(id: &str) -> ApiError {
    ApiError::not_found("Session", id)
}

/// `GET /api/v1/sessions/{sessionId}`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let shown = org.store().read(|db| {
        let session = find_session_by_id(db, &id, org.now())?;
        session.map(|session| Shown::of(db, session)).transpose()
    })?;
    Ok(Json(view(&shown.ok_or_else(|| missing(&id))?, &org, &id)))
}

/// `DELETE /api/v1/sessions/{sessionId}`.
pub(super) async fn revoke(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let found = find_session_by_id(writing.db, &id, writing.now)?;
            let session = found.ok_or_else(|| missing(&id))?;
            writing.caller.may_act_on(writing.db, &session.user_id)?;
            end(writing, &session)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// `POST /api/v1/sessions/{sessionId}/lifecycle/refresh`.
pub(super) async fn refresh(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let path = id.clone();
    let shown = change
        .run(move |writing| {
            let found = find_session_by_id(writing.db, &id, writing.now)?;
            let mut session = found.ok_or_else(|| missing(&id))?;
            writing.caller.may_act_on(writing.db, &session.user_id)?;
            touch_session(writing.db, session.handle, writing.now)?;
            session.last_seen_at = writing.now;
            Ok(Shown::of(writing.db, session)?)
        })
        .await?;
    Ok(Json(view(&shown, &org, &path)))
}
