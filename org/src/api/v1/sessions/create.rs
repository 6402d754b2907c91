use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use serde::Deserialize;
use serde_json::Value;

use super::Shown;
use super::view::view;
use crate::Org;
use crate::api::{ApiError, Body};
use crate::events::Origin;
use crate::handle::Handle;
use crate::sign_in::spend_session_token;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewSession {
    #[serde(default)]
    session_token: String,
}

/// `POST /api/v1/sessions`: a session for a session token. It has no browser: whoever wants a cookie leads the browser to
/// `/login/sessionCookieRedirect` or to the authorize endpoint.
pub(super) async fn create(
    State(org): State<Org>,
    origin: Origin,
    Body(new): Body<NewSession>,
) -> Result<Json<Value>, ApiError> {
    let (token, kit, now) = (
        Handle::received(&new.session_token).digest(),
        org.kit(),
        org.now(),
    );
    let shown = org
        .store()
        .write(move |db| {
            let spent = spend_session_token(db, &kit, token, &origin, now)?;
            let Some((_, session)) = spent else {
                return Err(ApiError::new(ErrorCode::InvalidToken));
            };
            Ok(Shown::of(db, session)?)
        })
        .await?;
    let id = shown.session.id();
    Ok(Json(view(&shown, &org, &id)))
}
