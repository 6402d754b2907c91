//! What happens to every request and every answer.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::Org;
use crate::api::ApiError;
use crate::failure::Failure;
use crate::hosted::Problem;
use crate::request_id::RequestId;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-okta-request-id");
/// In bytes, of path and query.
const MAX_URL: usize = 8 * 1024;

/// The outermost layer: it names the request, refuses an over-long address, puts the error page in, sets the headers that
/// every answer has, and logs a failure, once.
pub(crate) async fn around(State(org): State<Org>, mut request: Request, next: Next) -> Response {
    let id = RequestId::generate(org.entropy());
    request.extensions_mut().insert(id.clone());
    let length = request
        .uri()
        .path_and_query()
        .map_or(0, |uri| uri.as_str().len());
    // The route and not the path, which may hold the handle of a sign-in.
    let (method, route) = (
        request.method().clone(),
        request.extensions().get::<MatchedPath>().cloned(),
    );
    let mut response = if length > MAX_URL {
        StatusCode::URI_TOO_LONG.into_response()
    } else {
        next.run(request).await
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let headers = std::mem::take(response.headers_mut());
        response = with_headers(problem.render(&id), &headers);
    }
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        // What the layers in between have put on the answer, such as the limits of the caller, stays.
        let headers = std::mem::take(response.headers_mut());
        response = with_headers(error.render(org.entropy()), &headers);
    }
    if let Some(failure) = response.extensions().get::<Failure>() {
        let route = route.as_ref().map_or("none", MatchedPath::as_str);
        tracing::error!(request = id.as_str(), %method, route, %failure, "request failed");
    }
    set_headers(response.headers_mut(), &id, org.url().is_https());
    response
}

fn with_headers(mut response: Response, headers: &HeaderMap) -> Response {
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert(value.clone());
    }
    response
}

/// An answer is neither cached nor framed nor interpreted as another type, unless its handler said otherwise.
fn set_headers(headers: &mut HeaderMap, id: &RequestId, is_https: bool) {
    const DEFAULTS: [(HeaderName, &str); 5] = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
        (CACHE_CONTROL, "no-store"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in DEFAULTS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if is_https {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(STRICT_TRANSPORT_SECURITY, two_years);
    }
    if let Some(id) = id.header() {
        headers.insert(REQUEST_ID, id);
    }
}
