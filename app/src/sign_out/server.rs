//! The end of a session.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bff::Bff;
use http::{HeaderMap, StatusCode, header};

use crate::context::server::AppContext;
use crate::error::AppError;

/// `POST /sign-out`: ends the session of the app, then sends the browser to the org to end its session there.
pub async fn post_sign_out(State(bff): State<Bff>, headers: HeaderMap) -> Response {
    let ended = bff.sign_out(&headers).await;
    let mut response =
        (StatusCode::SEE_OTHER, [(header::LOCATION, ended.location)]).into_response();
    for cookie in ended.cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

pub(super) fn confirm_sign_out(query: &str) -> Result<bool, AppError> {
    let app = AppContext::current()?;
    let came_back = app.bff().confirm_signed_out(app.headers(), query);
    app.add_cookies(came_back.cookies);
    Ok(came_back.is_confirmed)
}
