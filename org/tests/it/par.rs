//! Pushed authorization requests (RFC 9126).

use http::HeaderMap;
use serde_json::Value;
use testkit::{Browser, ORG_URL, Page, TestOrg};
use url::Url;

use crate::support::{
    Authorize, BROWSER_APP, JOHN, NATIVE, PORTICO, POSTING, basic, callback, give_password,
    oauth_error, redeem, redirected_error,
};

const SECRET: &str = "portico-secret";

async fn push_at(
    browser: &mut Browser,
    server: &str,
    request: &Authorize,
    headers: HeaderMap,
) -> Page {
    let url = format!("{ORG_URL}/oauth2{server}/v1/par");
    browser.post_with(&url, headers, &request.fields()).await
}

async fn push(browser: &mut Browser, request: &Authorize) -> Page {
    push_at(browser, "", request, basic(PORTICO, SECRET)).await
}

async fn pushed(browser: &mut Browser, request: &Authorize) -> String {
    let page = push(browser, request).await;
    assert_eq!(page.status, 201, "{}", page.text());
    request_uri(&page)
}

fn request_uri(page: &Page) -> String {
    let body: Value = page.json();
    body["request_uri"]
        .as_str()
        .expect("a reference")
        .to_owned()
}

fn authorize_url(parameters: &[(&str, &str)]) -> String {
    let base = format!("{ORG_URL}/oauth2/v1/authorize");
    Url::parse_with_params(&base, parameters)
        .expect("an address")
        .into()
}

fn with_reference(client_id: &str, request_uri: &str) -> String {
    authorize_url(&[("client_id", client_id), ("request_uri", request_uri)])
}

fn assert_gone(page: &Page) {
    assert_eq!(page.status, 400, "{}", page.text());
    assert!(
        page.text()
            .contains("&#39;request_uri&#39; is invalid or has expired")
    );
    assert!(page.header("location").is_empty());
}

#[tokio::test]
async fn an_app_pushes_its_request_and_the_browser_carries_only_a_reference() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let answer = push(&mut browser, &Authorize::portico().with("state", "pushed")).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let reference = request_uri(&answer);
    let random = reference.strip_prefix("urn:okta:").expect("Okta's form");
    assert!(random.len() >= 22, "128 bits");
    assert_eq!(answer.json()["expires_in"], 300);

    let page = browser.visit(&with_reference(PORTICO, &reference)).await;
    let next = browser
        .submit(&page, page.form("/identify"), &[("identifier", JOHN)])
        .await;
    let page = browser.follow(next).await;
    let answer = give_password(&mut browser, &page, testkit::PASSWORD).await;
    assert!(answer.header("location").starts_with(&callback()));
    assert_eq!(
        answer.location_parameter("state").as_deref(),
        Some("pushed")
    );
    let code = answer.location_parameter("code").expect("a code");
    assert_eq!(redeem(&mut browser, &code).await.status, 200);
}

#[tokio::test]
async fn what_the_browser_adds_to_a_reference_counts_for_nothing() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let silent = Authorize::portico().with("prompt", "none");
    let reference = pushed(&mut browser, &silent).await;
    let url = authorize_url(&[
        ("client_id", PORTICO),
        ("request_uri", &reference),
        ("prompt", "login"),
        ("state", "other"),
        ("redirect_uri", "https://evil.example.com/"),
        ("response_type", "token"),
    ]);
    let answer = browser.get(&url).await;
    assert_eq!(redirected_error(&answer).0, "login_required");
    assert!(answer.header("location").starts_with(&callback()));
    assert_eq!(
        answer.location_parameter("state").as_deref(),
        Some("state-1")
    );
}

#[tokio::test]
async fn a_reference_is_good_once_for_its_app_its_server_and_five_minutes() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let silent = Authorize::portico().with("prompt", "none");

    let reference = pushed(&mut browser, &silent).await;
    for client in [POSTING, NATIVE, "0oaNobody00000000000"] {
        assert_gone(&browser.get(&with_reference(client, &reference)).await);
    }
    let elsewhere = with_reference(PORTICO, &reference).replace("/oauth2/v1", "/oauth2/default/v1");
    assert_gone(&browser.get(&elsewhere).await);
    // None of them used it up.
    let url = with_reference(PORTICO, &reference);
    assert_eq!(browser.get(&url).await.status, 302);
    assert_gone(&browser.get(&url).await);

    let reference = pushed(&mut browser, &silent).await;
    org.clock.advance_seconds(299);
    let in_time = pushed(&mut browser, &silent).await;
    org.clock.advance_seconds(1);
    assert_gone(&browser.get(&with_reference(PORTICO, &reference)).await);
    assert_eq!(
        browser.get(&with_reference(PORTICO, &in_time)).await.status,
        302
    );
}

#[tokio::test]
async fn of_a_hundred_browsers_with_one_reference_one_gets_in() {
    let org = TestOrg::start().await;
    let reference = pushed(
        &mut org.browser(),
        &Authorize::portico().with("prompt", "none"),
    )
    .await;
    let url = with_reference(PORTICO, &reference);
    let held = org.hold_changes();
    let mut attempts = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (mut browser, url) = (org.browser(), url.clone());
        attempts.spawn(async move { browser.get(&url).await.status.as_u16() });
    }
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    drop(held);
    let statuses = attempts.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 302).count(), 1);
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 99);
}

#[tokio::test]
async fn nobody_pushes_who_is_not_that_app() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let request = Authorize::portico();
    let none = push_at(
        &mut browser,
        "",
        &request.clone().without("client_id"),
        HeaderMap::new(),
    )
    .await;
    assert_eq!(none.status, 401);
    let no_secret = push_at(&mut browser, "", &request, HeaderMap::new()).await;
    assert_eq!(
        (
            no_secret.status.as_u16(),
            oauth_error(&no_secret).0.as_str()
        ),
        (401, "invalid_client")
    );
    let wrong = push_at(&mut browser, "", &request, basic(PORTICO, "wrong")).await;
    assert_eq!(wrong.status, 401);
    let other = push_at(&mut browser, "", &request, basic(POSTING, "p&st=s+cret/%")).await;
    assert!(other.status.is_client_error(), "{}", other.text());
    // An app without a secret names itself.
    let spa = Authorize::app(BROWSER_APP, "https://spa.example.com/cb");
    let named = push_at(&mut browser, "", &spa, HeaderMap::new()).await;
    assert_eq!(named.status, 201, "{}", named.text());
    assert_eq!(
        browser
            .get(&format!("{ORG_URL}/oauth2/v1/par"))
            .await
            .status,
        405
    );
}

#[tokio::test]
async fn a_request_that_would_be_refused_later_is_refused_when_it_is_pushed() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let portico = Authorize::portico;
    let long = "x".repeat(2000);
    for (request, error, words) in [
        (
            portico().with("request_uri", "urn:okta:x"),
            "invalid_request",
            "request_uri",
        ),
        (
            portico().with("request_uri", "https://evil.example.com/r"),
            "invalid_request",
            "request_uri",
        ),
        (
            portico().with("request", "eyJhbGciOiJub25lIn0.e30."),
            "request_not_supported",
            "request",
        ),
        (
            portico().with("redirect_uri", "https://evil.example.com/"),
            "invalid_request",
            "redirect_uri",
        ),
        (
            portico().without("redirect_uri"),
            "invalid_request",
            "redirect_uri",
        ),
        (
            portico().with("response_type", "token"),
            "unsupported_response_type",
            "response type",
        ),
        (
            portico().without("response_type"),
            "invalid_request",
            "response_type",
        ),
        (
            portico().with("response_mode", "fragment"),
            "unsupported_response_mode",
            "response mode",
        ),
        (
            portico().with("scope", "openid nonsense"),
            "invalid_scope",
            "scopes",
        ),
        (
            portico().with("state", "<script>"),
            "invalid_request",
            "state",
        ),
        (portico().with("nonce", &long), "invalid_request", "nonce"),
        (
            portico()
                .without("code_challenge")
                .without("code_challenge_method"),
            "invalid_request",
            "PKCE",
        ),
        (
            portico().with("code_challenge_method", "plain"),
            "invalid_request",
            "PKCE",
        ),
        (
            portico().with("max_age", "-1"),
            "invalid_request",
            "max_age",
        ),
        (
            portico().with("prompt", "nonsense"),
            "invalid_request",
            "prompt",
        ),
        (
            portico().and("state", "again"),
            "invalid_request",
            "Duplicate",
        ),
    ] {
        let page = push(&mut browser, &request).await;
        let (code, description) = oauth_error(&page);
        assert_eq!(
            (page.status.as_u16(), code.as_str()),
            (400, error),
            "{words}: {description}"
        );
        assert!(description.contains(words), "{words}: {description}");
    }
}

#[tokio::test]
async fn no_other_reference_is_followed_or_fetched() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    for reference in [
        "urn:okta:",
        "urn:okta:AAAA",
        "urn:okta:%00%ff",
        "urn:okta:' OR 1=1 --",
    ] {
        assert_gone(&browser.get(&with_reference(PORTICO, reference)).await);
    }
    let twice = authorize_url(&[
        ("client_id", PORTICO),
        ("request_uri", "urn:okta:a"),
        ("request_uri", "urn:okta:b"),
    ]);
    assert_gone(&browser.get(&twice).await);
    let without_app = browser
        .get(&authorize_url(&[("request_uri", "urn:okta:a")]))
        .await;
    assert_eq!(without_app.status, 400);
    let foreign = Authorize::portico().with("request_uri", "https://evil.example.com/r");
    let answer = browser.get(&foreign.url()).await;
    assert_eq!(redirected_error(&answer).0, "request_uri_not_supported");
}

#[tokio::test]
async fn no_secret_is_kept_with_a_pushed_request() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let request = Authorize::app(POSTING, "https://post.example.com/cb")
        .with("client_secret", "p&st=s+cret/%")
        .with("sessionToken", "hush");
    let page = push_at(&mut browser, "", &request, HeaderMap::new()).await;
    assert_eq!(page.status, 201, "{}", page.text());
    let kept: String = org
        .database()
        .query_row("SELECT parameters FROM pushed_requests", [], |row| {
            row.get(0)
        })
        .expect("one row");
    assert!(kept.contains("state=state-1"));
    assert!(!kept.contains("secret") && !kept.contains("hush"), "{kept}");
}
