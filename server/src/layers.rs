//! The layers around the app, outermost first, each with its reason.

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use bff::web::{WebPolicy, csrf, host, redirects, security_headers};
use tower::ServiceBuilder;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// Request bodies: forms and the arguments of server functions.
const MAX_BODY_BYTES: usize = 64 * 1024;
/// Path and query together.
const MAX_ADDRESS_BYTES: usize = 8 * 1024;
/// Requests being worked on at once; a render holds memory even when its client is gone.
const MAX_IN_FLIGHT: usize = 256;
/// The org may take five seconds to answer, twice in a sign-in; more than this helps nobody.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// Puts the layers around `router`. A request meets the outer ones first, then the limit of its body, then the
/// inner ones.
pub fn around(router: Router, policy: WebPolicy) -> Router {
    let outer = ServiceBuilder::new()
        // Every answer carries the headers, refusals and failures included.
        .layer(from_fn_with_state(policy.clone(), security_headers::add))
        // Failures are logged here and nowhere else.
        .layer(from_fn(log_failures))
        // A panic is the failure of one request, not of the program.
        .layer(CatchPanicLayer::custom(|_| internal_error()))
        // An unknown host is somebody else's request.
        .layer(from_fn_with_state(policy.clone(), host::check))
        // What is too large is refused before anything reads it.
        .layer(from_fn(limit_address));
    let inner = ServiceBuilder::new()
        // What another site sent changes nothing.
        .layer(from_fn_with_state(policy.clone(), csrf::protect))
        // Nobody is sent to a foreign site.
        .layer(from_fn_with_state(policy, redirects::guard))
        // Clients that hang up or pile up cannot hold more than this.
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            REQUEST_TIMEOUT,
        ))
        .layer(GlobalConcurrencyLimitLayer::new(MAX_IN_FLIGHT));
    router
        .layer(inner)
        .layer(RequestBodyLimitLayer::new(MAX_BODY_BYTES))
        .layer(outer)
}

async fn limit_address(request: Request, next: Next) -> Response {
    let length = request
        .uri()
        .path_and_query()
        .map_or(0, |address| address.as_str().len());
    if length > MAX_ADDRESS_BYTES {
        return text(
            StatusCode::URI_TOO_LONG,
            "414: this address is longer than 8 KiB.\n",
        );
    }
    next.run(request).await
}

async fn log_failures(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    if response.status().is_server_error() {
        // The query is left out: a callback's holds a code.
        tracing::error!(%method, path, status = response.status().as_u16(), "request failed");
    }
    response
}

fn internal_error() -> Response {
    text(
        StatusCode::INTERNAL_SERVER_ERROR,
        "500: something went wrong inside this app. Try again in a minute.\n",
    )
}

fn text(status: StatusCode, text: &'static str) -> Response {
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    (status, [(header::CONTENT_TYPE, plain)], text).into_response()
}
