//! Protection against forged requests from other sites.
//!
//! Server functions take ordinary forms, which any site can make a browser send, cookies included. So every request that
//! may change something must prove that a page of this app sent it: by `Sec-Fetch-Site: same-origin`, or, where the
//! browser does not send that, by an `Origin` equal to the app's.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use super::WebPolicy;
use super::refusal::refuse;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Server functions live below this path.
const API: &str = "/api/";

const FORGED: &str = "403: this request did not come from a page of this app, so nothing was changed.\n\
    Go to the app's home page and try again from there. If you did, update your browser, \
    or switch off what removes the Origin header from requests.\n";

const WRONG_TYPE: &str = "415: send application/x-www-form-urlencoded or application/json.\n";

/// Lets a request pass if it changes nothing, or if a page of the app sent it.
pub async fn protect(State(policy): State<WebPolicy>, request: Request, next: Next) -> Response {
    if !may_change_something(&request) {
        return next.run(request).await;
    }
    let mut response = if !is_from_the_app(request.headers(), policy.app_origin()) {
        refuse(StatusCode::FORBIDDEN, FORGED)
    } else if request.uri().path().starts_with(API) && !has_known_type(request.headers()) {
        refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, WRONG_TYPE)
    } else {
        next.run(request).await
    };
    let depends_on = HeaderValue::from_static("Sec-Fetch-Site, Origin");
    response.headers_mut().append(header::VARY, depends_on);
    response
}

/// Every method but the safe ones (RFC 9110 §9.2.1), and a `GET` that opens a WebSocket.
fn may_change_something(request: &Request) -> bool {
    let is_safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    );
    !is_safe || request.headers().contains_key(header::UPGRADE)
}

/// With `Referrer-Policy: no-referrer`, browsers send `Origin: null` with the app's own forms. That is no proof, but no
/// contradiction to `Sec-Fetch-Site` either.
fn is_from_the_app(headers: &HeaderMap, app_origin: &str) -> bool {
    let origin = headers.get(header::ORIGIN).map(HeaderValue::as_bytes);
    let is_own = origin == Some(app_origin.as_bytes());
    match headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes) {
        Some(b"same-origin") => is_own || matches!(origin, None | Some(b"null")),
        Some(b"none") | None => is_own,
        Some(_) => false,
    }
}

/// The two codecs of server functions; in particular not `text/plain`, which other sites can send without asking.
fn has_known_type(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| {
            let essence = essence.trim();
            essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
                || essence.eq_ignore_ascii_case("application/json")
        })
}
