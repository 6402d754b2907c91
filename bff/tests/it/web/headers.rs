use bff::security_headers::content_security_policy;
use http::{Method, Request, StatusCode, header};

use super::{HTTPS, LOOPBACK, get_page, request, send};

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
