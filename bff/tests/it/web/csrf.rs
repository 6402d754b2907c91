use http::{Method, StatusCode, header};

use super::{HTTPS, request, send};

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
