//! Cross-origin access to the endpoints that a script of an app may call.
//!
//! The metadata and the keys are public and say so themselves. The authorize endpoint and the pages are for navigation only
//! and give no access to any script.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ORIGIN,
    VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::Org;
use crate::apps::is_app_origin;

/// `OPTIONS`: asks whether a request of another origin would be answered. The layer adds what is allowed.
pub(crate) async fn preflight() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// `OPTIONS` of a public document, which every origin may read without cookies.
pub(crate) async fn preflight_for_anybody() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    allow_request(headers);
    response
}

/// Gives the origins of the apps' redirect URIs access to an endpoint, without cookies.
pub(crate) async fn for_app_origins(
    State(org): State<Org>,
    request: Request,
    next: Next,
) -> Response {
    share(&org, request, next, Cookies::Withheld).await
}

/// The same with cookies: signing in there signs the browser in.
pub(crate) async fn with_credentials_for_app_origins(
    State(org): State<Org>,
    request: Request,
    next: Next,
) -> Response {
    share(&org, request, next, Cookies::Sent).await
}

/// Whether a script may let the browser send the org's cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cookies {
    Sent,
    Withheld,
}

async fn share(org: &Org, request: Request, next: Next, cookies: Cookies) -> Response {
    let Some(origin) = request.headers().get(ORIGIN).cloned() else {
        return next.run(request).await;
    };
    let is_preflight = *request.method() == Method::OPTIONS;
    let is_allowed = origin.to_str().is_ok_and(|origin| {
        org.store()
            .read(|db| is_app_origin(db, origin))
            .unwrap_or(false)
    });
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("Origin"));
    if is_allowed {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if cookies == Cookies::Sent {
            let is_so = HeaderValue::from_static("true");
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, is_so);
        }
        if is_preflight {
            allow_request(headers);
        } else {
            let exposed = HeaderValue::from_static("X-Okta-Request-Id, WWW-Authenticate");
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
    }
    response
}

fn allow_request(headers: &mut HeaderMap) {
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, Accept, Accept-Language, Cache-Control, X-Device-Fingerprint, \
             X-Okta-User-Agent-Extended",
        ),
        (ACCESS_CONTROL_MAX_AGE, "3600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
