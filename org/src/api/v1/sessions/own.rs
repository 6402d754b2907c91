//! The session of the browser that asks.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::view::view;
use super::{Shown, end};
use crate::api::{ApiError, Caller, Change, Credential};
use crate::session::{Session, find_session, touch_session};
use crate::store::Digest;
use crate::{Org, cookies};

fn handle_of(caller: &Caller) -> Result<Digest, ApiError> {
    match caller.credential {
        Credential::Session(handle) => Ok(handle),
        _ => Err(none()),
    }
}

fn none() -> ApiError {
    ApiError::not_found("Session", "me")
}

/// `GET /api/v1/sessions/me`.
pub(super) async fn get(State(org): State<Org>, caller: Caller) -> Result<Json<Value>, ApiError> {
    let handle = handle_of(&caller)?;
    let shown = org.store().read(|db| {
        let session = find_session(db, handle, org.now())?;
        session.map(|session| Shown::of(db, session)).transpose()
    })?;
    Ok(Json(view(&shown.ok_or_else(none)?, &org, "me")))
}

/// `POST /api/v1/sessions/me/lifecycle/refresh`: it is used, and lives on from now.
pub(super) async fn refresh(
    State(org): State<Org>,
    change: Change,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let handle = handle_of(&change.caller)?;
    let shown = change
        .run(move |writing| {
            touch_session(writing.db, handle, writing.now)?;
            let session = find_session(writing.db, handle, writing.now)?.ok_or_else(none)?;
            Ok(Shown::of(writing.db, session)?)
        })
        .await?;
    let prefers = headers.get("prefer").and_then(|value| value.to_str().ok());
    if prefers.is_some_and(|prefers| prefers.contains("return=minimal")) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Json(view(&shown, &org, "me")).into_response())
}

/// `DELETE /api/v1/sessions/me`: signs this browser out of the org.
pub(super) async fn close(State(org): State<Org>, change: Change) -> Result<Response, ApiError> {
    let handle = handle_of(&change.caller)?;
    change
        .run(move |writing| {
            let session: Session =
                find_session(writing.db, handle, writing.now)?.ok_or_else(none)?;
            end(writing, &session)
        })
        .await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = cookies::clear_session(org.url()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
