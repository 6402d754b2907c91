//! The layers that every answer of the app passes through.

mod addresses;
mod csrf;
mod headers;

use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{any, get};
use bff::web::WebPolicy;
use bff::{host, redirects, security_headers};
use http::{Method, Request, Response, StatusCode, header};
use tower::ServiceExt;
use url::Url;

fn app(app_url: &str) -> Router {
    let policy = WebPolicy::new(
        &Url::parse(app_url).expect("a URL"),
        &Url::parse("https://op.example").expect("a URL"),
    );
    Router::new()
        .route("/", any(|| async { "changed" }))
        .route("/api/act", any(|| async { "changed" }))
        .route(
            "/page",
            get(|| async { axum::response::Html("<h1>Page</h1>") }),
        )
        .route(
            "/style.css",
            get(|| async { ([(header::CONTENT_TYPE, "text/css")], "") }),
        )
        .route(
            "/cached",
            get(|| async { ([(header::CACHE_CONTROL, "private, max-age=5")], "") }),
        )
        .route(
            "/cookie",
            get(|| async {
                (
                    [
                        (header::SET_COOKIE, "a=b"),
                        (header::CACHE_CONTROL, "public, max-age=5"),
                    ],
                    "",
                )
            }),
        )
        .route("/known", get(|| async { StatusCode::NOT_MODIFIED }))
        .route(
            "/own-policy",
            get(|| async {
                (
                    [(header::CONTENT_SECURITY_POLICY, "default-src 'self'")],
                    "",
                )
            }),
        )
        .route(
            "/go",
            get(|request: Request<Body>| async move {
                let target = request.uri().query().unwrap_or_default().to_owned();
                ([(header::LOCATION, target)], StatusCode::SEE_OTHER).into_response()
            }),
        )
        .route("/home", get(|| async { Redirect::to("/page?x=1") }))
        .layer(from_fn_with_state(policy.clone(), redirects::guard))
        .layer(from_fn_with_state(policy.clone(), bff::csrf::protect))
        .layer(from_fn_with_state(policy.clone(), host::check))
        .layer(from_fn_with_state(policy, security_headers::add))
}

async fn send(app_url: &str, request: http::request::Builder) -> Response<Body> {
    let request = request.body(Body::empty()).expect("a request");
    app(app_url).oneshot(request).await.expect("an answer")
}

const HTTPS: &str = "https://app.example";
const LOOPBACK: &str = "http://127.0.0.1:3000";

fn request(method: &Method, path: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "app.example")
}

async fn get_page(path: &str) -> Response<Body> {
    send(HTTPS, request(&Method::GET, path)).await
}
