//! The layers around the app, outermost first, each with its reason.

use std::sync::Arc;
use std::time::Duration;

use app::Assets;
use app::failure::server::{Pages, json};
use axum::Router;
use axum::body::HttpBody as _;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
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
/// Files of people. One that is longer than the app takes is told so as long as it stays below this.
const MAX_UPLOAD_BYTES: usize = 16 * 1024 * 1024;
/// Path and query together.
const MAX_ADDRESS_BYTES: usize = 8 * 1024;
/// Requests being worked on at once; a render holds memory even when its client is gone.
const MAX_IN_FLIGHT: usize = 256;
/// Calls of the org being answered at once.
const MAX_ORG_CALLS: usize = 64;
/// The org may take five seconds to answer, twice in a sign-in; more than this helps nobody.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
/// A file may come over a slow line.
const UPLOAD_TIMEOUT: Duration = Duration::from_mins(2);

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// What the page of a failure may do.
const ONLY_STYLE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// What is said when a request fails, and where the choice of a language is kept.
#[derive(Clone)]
struct Failures {
    pages: Arc<Pages>,
    policy: WebPolicy,
}

impl Failures {
    fn new(policy: &WebPolicy, assets: &Assets) -> Self {
        Self {
            pages: Arc::new(Pages::new(assets)),
            policy: policy.clone(),
        }
    }
}

/// Puts the layers around `router`. A request meets the outer ones first, then the limit of its body, then the
/// inner ones.
pub fn around(router: Router, policy: WebPolicy, assets: &Assets) -> Router {
    within(router, policy, assets, (MAX_BODY_BYTES, REQUEST_TIMEOUT))
}

/// The same around what takes files, which are longer than forms and take longer to arrive.
pub fn around_uploads(router: Router, policy: WebPolicy, assets: &Assets) -> Router {
    // Axum has a limit of its own for what it takes apart.
    let router = router.layer(DefaultBodyLimit::disable());
    within(router, policy, assets, (MAX_UPLOAD_BYTES, UPLOAD_TIMEOUT))
}

fn within(
    router: Router,
    policy: WebPolicy,
    assets: &Assets,
    (most_bytes, longest): (usize, Duration),
) -> Router {
    let failures = Failures::new(&policy, assets);
    let outer = ServiceBuilder::new()
        // Every answer carries the headers, refusals and failures included.
        .layer(from_fn_with_state(policy.clone(), security_headers::add))
        // Failures are logged here and nowhere else, and told in words.
        .layer(from_fn_with_state(failures, tell_failures))
        // A panic is the failure of one request, not of the program.
        .layer(CatchPanicLayer::custom(|_| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
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
            longest,
        ))
        .layer(GlobalConcurrencyLimitLayer::new(MAX_IN_FLIGHT));
    router
        .layer(inner)
        .layer(RequestBodyLimitLayer::new(most_bytes))
        .layer(outer)
}

/// Puts the layers around what the org calls. Such a call carries no cookies that could be misused, and proves itself by
/// what it sends: where it comes from, and the host it names, prove nothing.
pub fn around_org_calls(router: Router, policy: WebPolicy, assets: &Assets) -> Router {
    let failures = Failures::new(&policy, assets);
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(policy, security_headers::add))
        .layer(from_fn_with_state(failures, tell_failures))
        .layer(CatchPanicLayer::custom(|_| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(from_fn(limit_address));
    router
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            REQUEST_TIMEOUT,
        ))
        .layer(GlobalConcurrencyLimitLayer::new(MAX_ORG_CALLS))
        .layer(RequestBodyLimitLayer::new(MAX_BODY_BYTES))
        .layer(layers)
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

async fn tell_failures(State(failures): State<Failures>, request: Request, next: Next) -> Response {
    let asked = request.headers().clone();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let is_for_people = !path.starts_with("/api/") || accepts_html(&asked);
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_server_error() {
        return response;
    }
    // The query is left out: a callback's holds a code.
    tracing::error!(%method, path, status = status.as_u16(), "request failed");
    // Who has said something already knows better.
    if response.body().size_hint().exact() != Some(0) {
        return response;
    }
    // What the answer has besides, such as a renewed cookie, stays.
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    let body = if is_for_people {
        headers.insert(header::CONTENT_TYPE, HTML);
        headers.insert(header::CONTENT_SECURITY_POLICY, ONLY_STYLE);
        let chosen = failures.policy.kept_language(&asked);
        failures.pages.answer(chosen, &asked)
    } else {
        headers.insert(header::CONTENT_TYPE, JSON);
        json()
    };
    *response.body_mut() = body.into();
    response
}

/// Whether a browser shows the answer to a person, as after a form.
fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

fn text(status: StatusCode, text: &'static str) -> Response {
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    (status, [(header::CONTENT_TYPE, plain)], text).into_response()
}
