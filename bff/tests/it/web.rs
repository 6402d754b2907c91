//! The layers that every answer of the app passes through.

use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{any, get};
use bff::security_headers::content_security_policy;
use bff::web::WebPolicy;
use bff::{csrf, host, redirects, security_headers};
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
        .layer(from_fn_with_state(policy.clone(), csrf::protect))
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

#[tokio::test]
async fn only_pages_of_the_app_change_anything() {
    const OWN: &str = HTTPS;
    const FOREIGN: &str = "https://evil.example";
    let sites = [
        None,
        Some("same-origin"),
        Some("same-site"),
        Some("cross-site"),
        Some("none"),
        Some("SAME-ORIGIN"),
    ];
    let origins = [
        None,
        Some("null"),
        Some(OWN),
        Some(FOREIGN),
        Some("http://app.example"),
        Some("https://app.example:8443"),
    ];
    for site in sites {
        for origin in origins {
            let is_allowed = match (site, origin) {
                (Some("same-origin"), None | Some("null" | OWN))
                | (None | Some("none"), Some(OWN)) => true,
                (_, _) => false,
            };
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                let mut builder = request(&method, "/");
                if let Some(site) = site {
                    builder = builder.header("sec-fetch-site", site);
                }
                if let Some(origin) = origin {
                    builder = builder.header(header::ORIGIN, origin);
                }
                let status = send(HTTPS, builder).await.status();
                let expected = if is_allowed {
                    StatusCode::OK
                } else {
                    StatusCode::FORBIDDEN
                };
                assert_eq!(status, expected, "{method} {site:?} {origin:?}");
            }
        }
    }
}

#[tokio::test]
async fn reading_is_open_to_links_from_other_sites() {
    for method in [Method::GET, Method::HEAD] {
        let builder = request(&method, "/").header("sec-fetch-site", "cross-site");
        assert_eq!(send(HTTPS, builder).await.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_foreign_page_cannot_open_a_web_socket() {
    let builder = request(&Method::GET, "/")
        .header(header::UPGRADE, "websocket")
        .header("sec-fetch-site", "cross-site")
        .header(header::ORIGIN, "https://evil.example");
    assert_eq!(send(HTTPS, builder).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_caches_are_told_what_it_depends_on() {
    let answer = send(HTTPS, request(&Method::POST, "/")).await;
    let vary: Vec<_> = answer.headers().get_all(header::VARY).iter().collect();
    assert!(vary.iter().any(|value| *value == "Sec-Fetch-Site, Origin"));
    let body = axum::body::to_bytes(answer.into_body(), 10_000)
        .await
        .expect("a body");
    let text = String::from_utf8(body.to_vec()).expect("UTF-8");
    assert!(
        text.contains("home page") && text.contains("nothing was changed"),
        "{text}"
    );
}

#[tokio::test]
async fn server_functions_take_forms_and_json_only() {
    let table = [
        (Some("application/x-www-form-urlencoded"), StatusCode::OK),
        (
            Some("application/x-www-form-urlencoded; charset=UTF-8"),
            StatusCode::OK,
        ),
        (Some("Application/JSON"), StatusCode::OK),
        (Some("text/plain"), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            Some("multipart/form-data; boundary=x"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            Some("application/json-seq"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (Some(""), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (None, StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ];
    for (kind, expected) in table {
        let mut builder =
            request(&Method::POST, "/api/act").header("sec-fetch-site", "same-origin");
        if let Some(kind) = kind {
            builder = builder.header(header::CONTENT_TYPE, kind);
        }
        assert_eq!(send(HTTPS, builder).await.status(), expected, "{kind:?}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let answers = [
        get_page("/page").await,
        get_page("/style.css").await,
        get_page("/nowhere").await,
        get_page("/home").await,
        send(HTTPS, request(&Method::POST, "/")).await,
        send(
            HTTPS,
            Request::builder()
                .uri("/")
                .header(header::HOST, "evil.example"),
        )
        .await,
    ];
    for answer in answers {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            (
                "strict-transport-security",
                "max-age=63072000; includeSubDomains",
            ),
        ] {
            assert_eq!(answer.headers()[name], value, "{} {name}", answer.status());
        }
        assert!(answer.headers().contains_key("permissions-policy"));
        let policy = &answer.headers()["content-security-policy"];
        assert!(
            policy
                .to_str()
                .expect("ASCII")
                .starts_with("default-src 'none'")
        );
    }
}

#[tokio::test]
async fn plain_http_promises_no_https() {
    let builder = Request::builder()
        .uri("/")
        .header(header::HOST, "127.0.0.1:3000");
    let answer = send(LOOPBACK, builder).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(!answer.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn a_page_with_a_policy_of_its_own_keeps_it() {
    let answer = get_page("/own-policy").await;
    assert_eq!(
        answer.headers()["content-security-policy"],
        "default-src 'self'"
    );
}

#[tokio::test]
async fn what_belongs_to_one_person_is_in_no_cache() {
    let page = get_page("/page").await;
    assert_eq!(page.headers()["cache-control"], "no-store");
    assert!(
        page.headers()
            .get_all("vary")
            .iter()
            .any(|value| value == "Cookie")
    );
    assert_eq!(
        get_page("/cached").await.headers()["cache-control"],
        "private, max-age=5"
    );
    assert_eq!(
        get_page("/cookie").await.headers()["cache-control"],
        "no-store"
    );
    assert!(
        !get_page("/known")
            .await
            .headers()
            .contains_key("cache-control")
    );
    assert!(
        !get_page("/style.css")
            .await
            .headers()
            .contains_key("cache-control")
    );
}

#[tokio::test]
async fn the_policy_of_a_page_names_its_nonce_and_the_org() {
    let policy = content_security_policy("abc", "https://op.example https://login.example", None);
    let policy = policy.to_str().expect("ASCII");
    for part in [
        "default-src 'none'",
        "script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'",
        "style-src 'self' 'nonce-abc'",
        "connect-src 'self';",
        "form-action 'self' https://op.example https://login.example",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    let developing =
        content_security_policy("abc", "https://op.example", Some("ws://127.0.0.1:3001"));
    assert!(
        developing
            .to_str()
            .expect("ASCII")
            .contains("connect-src 'self' ws://127.0.0.1:3001;")
    );
    let hostile = content_security_policy("abc\r\nx: y", "https://op.example", None);
    assert!(!hostile.to_str().expect("ASCII").contains("abc"));
}

#[tokio::test]
async fn a_foreign_host_is_misdirected() {
    for host in [
        "evil.example",
        "app.example.evil.example",
        "app.example:444",
        "",
        "app.example,evil.example",
        "127.0.0.1",
    ] {
        let builder = Request::builder().uri("/").header(header::HOST, host);
        assert_eq!(
            send(HTTPS, builder).await.status(),
            StatusCode::MISDIRECTED_REQUEST,
            "{host}"
        );
    }
    let twice = request(&Method::GET, "/").header(header::HOST, "app.example");
    assert_eq!(
        send(HTTPS, twice).await.status(),
        StatusCode::MISDIRECTED_REQUEST
    );
    assert_eq!(
        send(HTTPS, Request::builder().uri("/")).await.status(),
        StatusCode::MISDIRECTED_REQUEST
    );
    let upper = Request::builder()
        .uri("/")
        .header(header::HOST, "APP.example");
    assert_eq!(send(HTTPS, upper).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn other_names_of_this_machine_lead_to_the_address_of_the_app() {
    for host in [
        "localhost:3000",
        "[::1]:3000",
        "127.0.0.2:3000",
        "app.localhost:3000",
    ] {
        let builder = Request::builder()
            .uri("/page?x=1")
            .header(header::HOST, host);
        let answer = send(LOOPBACK, builder).await;
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT, "{host}");
        assert_eq!(
            answer.headers()["location"],
            "http://127.0.0.1:3000/page?x=1"
        );
        let post = Request::builder()
            .method(Method::POST)
            .uri("/")
            .header(header::HOST, host);
        assert_eq!(
            send(LOOPBACK, post).await.status(),
            StatusCode::MISDIRECTED_REQUEST
        );
    }
    let builder = Request::builder()
        .uri("/")
        .header(header::HOST, "localhost:7000");
    assert_eq!(
        send(LOOPBACK, builder).await.status(),
        StatusCode::MISDIRECTED_REQUEST
    );
}

#[tokio::test]
async fn a_redirect_leads_into_the_app_or_to_the_org() {
    for target in [
        "/page?x=1#y",
        "page",
        "https://app.example/x",
        "https://op.example/logout?id_token_hint=x",
    ] {
        let answer = get_page(&format!("/go?{target}")).await;
        assert_eq!(
            answer.headers()["location"],
            target.split('#').next().expect("a target")
        );
    }
    for target in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "http://app.example/",
        "https://app.example:444/",
        "https://app.example@evil.example/",
        "https://op.example.evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
    ] {
        let answer = get_page(&format!("/go?{target}")).await;
        assert_eq!(answer.headers()["location"], "/", "{target}");
    }
}
