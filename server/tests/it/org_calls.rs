//! What the org asks of the app comes from other sites, without cookies, and is judged by what it says.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use testkit::{ORG_URL, Page};

use crate::support::{Program, at, other_site};

async fn send(
    program: &Program,
    method: Method,
    path: &str,
    headers: HeaderMap,
    body: &str,
) -> Page {
    let body = Bytes::from(body.to_owned());
    let mut browser = program.browser();
    browser.send(method, &at(path), headers, body).await
}

fn with(name: &'static str, value: &'static str) -> HeaderMap {
    let mut headers = other_site();
    headers.insert(name, HeaderValue::from_static(value));
    headers
}

#[tokio::test]
async fn a_request_of_universal_logout_is_judged_by_its_token_alone() {
    let program = Program::start().await;
    for headers in [
        other_site(),
        with("host", "app.internal"),
        with("authorization", "Bearer a.b.c"),
    ] {
        let answer = send(&program, Method::POST, "/universal-logout", headers, "{}").await;
        assert_eq!(answer.status, 401, "{}", answer.text());
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn what_the_org_sends_is_bounded_like_everything_else() {
    let program = Program::start().await;
    let long = "a".repeat(70_000);
    for path in [
        "/universal-logout",
        "/logout/front-channel",
        "/logout/back-channel",
    ] {
        let mut headers = other_site();
        headers.insert("content-length", HeaderValue::from(long.len()));
        let answer = send(&program, Method::POST, path, headers, &long).await;
        assert_eq!(answer.status, 413, "{path}");
    }
    let address = format!("/logout/front-channel?sid={}", "s".repeat(9_000));
    let answer = send(&program, Method::GET, &address, other_site(), "").await;
    assert_eq!(answer.status, 414);
}

#[tokio::test]
async fn the_frame_of_a_sign_out_may_be_shown_by_the_org_and_by_nobody_else() {
    let program = Program::start().await;
    let parameters = "iss=http%3A%2F%2Flocalhost%3A7000&sid=idxNobody";
    let address = format!("/logout/front-channel?{parameters}");
    let form = with("content-type", "application/x-www-form-urlencoded");
    let answers = [
        send(&program, Method::GET, &address, other_site(), "").await,
        send(
            &program,
            Method::POST,
            "/logout/front-channel",
            form,
            parameters,
        )
        .await,
    ];
    for answer in answers {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let policy = answer.header("content-security-policy");
        assert!(
            policy.ends_with(&format!("frame-ancestors {ORG_URL}")),
            "{policy}"
        );
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert_eq!(answer.header("x-frame-options"), "");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("set-cookie"), "");
    }
    let elsewhere = program.browser().get(&at("/")).await;
    assert_eq!(elsewhere.header("x-frame-options"), "DENY");
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_by_its_specification() {
    let program = Program::start().await;
    let front = send(
        &program,
        Method::GET,
        "/logout/front-channel",
        other_site(),
        "",
    )
    .await;
    assert_eq!(front.status, 400);
    assert!(front.text().contains("`iss`"), "{}", front.text());
    let form = with("content-type", "application/x-www-form-urlencoded");
    let path = "/logout/back-channel";
    let back = send(&program, Method::POST, path, form, "logout_token=a.b.c").await;
    assert_eq!(back.status, 400);
    assert!(back.text().contains("invalid_request"), "{}", back.text());
    for path in ["/universal-logout", "/logout/back-channel"] {
        let read = send(&program, Method::GET, path, HeaderMap::new(), "").await;
        assert_eq!(read.status, 405, "{path}");
    }
}
