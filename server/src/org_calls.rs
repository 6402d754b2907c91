//! What the org asks of the app, by itself or through a browser: to end sessions. It brings no cookies, and shows by what
//! it sends that it may.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use bff::{BackChannelLogout, Bff, FrontChannelLogout, UniversalLogout, security_headers};

const SIGNED_OUT: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<title>Signed out</title>\n\
    <p>This session of Portico has ended.</p>\n</html>\n";
const LATER: &str = "503: sessions cannot be ended right now. Send it again in a minute.\n";

/// `POST /universal-logout`, `GET` and `POST /logout/front-channel`, `POST /logout/back-channel`.
pub(crate) fn router(bff: Bff) -> Router {
    Router::new()
        .route("/universal-logout", post(universal_logout))
        .route(
            "/logout/front-channel",
            get(front_channel_by_query).post(front_channel_by_form),
        )
        .route("/logout/back-channel", post(back_channel))
        .with_state(bff)
}

async fn universal_logout(State(bff): State<Bff>, headers: HeaderMap, body: Bytes) -> Response {
    let outcome = bff.universal_logout(&headers, &body).await;
    let status =
        StatusCode::from_u16(outcome.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match outcome.problem() {
        Some(problem) => (status, format!("{}: {problem}\n", status.as_u16())).into_response(),
        None => status.into_response(),
    };
    if matches!(outcome, UniversalLogout::Unauthenticated(_)) {
        let challenge = header::HeaderValue::from_static("Bearer error=\"invalid_token\"");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

async fn front_channel_by_query(State(bff): State<Bff>, RawQuery(query): RawQuery) -> Response {
    front_channel(&bff, query.unwrap_or_default().as_bytes()).await
}

async fn front_channel_by_form(State(bff): State<Bff>, form: Bytes) -> Response {
    front_channel(&bff, &form).await
}

async fn front_channel(bff: &Bff, parameters: &[u8]) -> Response {
    let mut response = match bff.front_channel_logout(parameters).await {
        FrontChannelLogout::Done => Html(SIGNED_OUT).into_response(),
        FrontChannelLogout::Malformed(problem) => {
            (StatusCode::BAD_REQUEST, format!("400: {problem}\n")).into_response()
        }
        FrontChannelLogout::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, LATER).into_response(),
    };
    security_headers::let_org_frame(&mut response, &bff.web_policy());
    response
}

/// Failures are told as OpenID Connect Back-Channel Logout 1.0 §2.8 says.
async fn back_channel(State(bff): State<Bff>, form: Bytes) -> Response {
    match bff.back_channel_logout(&form).await {
        BackChannelLogout::Done => StatusCode::OK.into_response(),
        BackChannelLogout::Refused(problem) => {
            let error = serde_json::json!({
                "error": "invalid_request",
                "error_description": problem,
            });
            (StatusCode::BAD_REQUEST, axum::Json(error)).into_response()
        }
        BackChannelLogout::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, LATER).into_response(),
    }
}
