//! The limits, through the router and on the org's clock.

use http::{HeaderMap, Method};
use model::Clock as _;
use org::RateLimits;
use serde_json::json;
use testkit::{ORG_URL, Page, TEST_SEED, TestOrg};

use crate::api::Api;
use crate::support::{Authorize, JOHN, PORTICO, basic, tokens_for, userinfo};

async fn limited() -> TestOrg {
    TestOrg::with_config(TEST_SEED, |config| {
        config.rate_limits = RateLimits::Developer;
    })
    .await
}

fn header(page: &Page, name: &str) -> i64 {
    let text = page.header(&format!("x-rate-limit-{name}"));
    text.parse().unwrap_or_else(|_| panic!("{name}: {text:?}"))
}

#[tokio::test]
async fn without_limits_every_answer_but_public_ones_tells_of_generous_ones() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    for path in [
        "/api/v1/groups",
        "/api/v1/nowhere",
        "/oauth2/v1/userinfo",
        "/oauth2/v1/authorize",
    ] {
        let page = browser.get(&format!("{ORG_URL}{path}")).await;
        assert_eq!(header(&page, "limit"), 10_000, "{path}");
        assert_eq!(header(&page, "remaining"), 10_000, "{path}");
        assert_eq!(
            header(&page, "reset"),
            org.clock.now().as_second() + 60,
            "{path}"
        );
    }
    for path in [
        "/.well-known/openid-configuration",
        "/oauth2/v1/keys",
        "/oauth2/default/v1/keys",
        "/livez",
        "/",
    ] {
        let page = browser.get(&format!("{ORG_URL}{path}")).await;
        assert_eq!(page.header("x-rate-limit-limit"), "", "{path}");
    }
}

#[tokio::test]
async fn a_token_has_its_half_of_a_minute_and_then_waits_for_the_reset() {
    let org = limited().await;
    let mut api = Api::admin(&org).await;
    let path = "/api/v1/logs?limit=1&q=nothing";
    let number = |answer: &crate::api::Answer, name: &str| -> i64 {
        let text = answer.headers[format!("x-rate-limit-{name}")]
            .to_str()
            .expect("text");
        text.parse().expect("a number")
    };
    for left in (0..10).rev() {
        let answer = api.get(path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(
            (number(&answer, "limit"), number(&answer, "remaining")),
            (10, left)
        );
    }
    let refused = api.get(path).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.body["errorCode"], "E0000047");
    assert_eq!(
        refused.body["errorSummary"],
        "API call exceeded rate limit due to too many requests."
    );
    let reset = number(&refused, "reset");
    assert_eq!(reset, org.clock.now().as_second() + 60);
    org.clock.advance_seconds(59);
    assert_eq!(api.get(path).await.status, 429);
    org.clock.advance_seconds(1);
    assert_eq!(api.get(path).await.status, 200);
    let told = api.get("/api/v1/logs?q=rate_limit").await;
    let told: Vec<_> = told
        .body
        .as_array()
        .expect("a list")
        .iter()
        .map(|event| event["eventType"].clone())
        .collect();
    // Eleven of twenty for the org is no warning yet; the twelfth neither.
    assert_eq!(told, [json!("system.org.rate_limit.violation")]);
}

#[tokio::test]
async fn an_oauth_endpoint_refuses_in_its_own_shape_and_lets_the_script_of_an_app_read_it() {
    let org = limited().await;
    let mut browser = org.browser();
    let url = format!("{ORG_URL}/oauth2/v1/token");
    let mut headers = basic(PORTICO, "portico-secret");
    headers.insert("origin", "http://127.0.0.1:3000".parse().expect("a header"));
    let mut last = None;
    org.execute(
        "INSERT INTO principal_rate_limits VALUES ('prl1', ?1, 'OAUTH_CLIENT', 1, 50, 0, 'x', 0, 'x')",
        [PORTICO],
    );
    // One percent of three hundred, five times over.
    for _ in 0..16 {
        last = Some(
            browser
                .post_with(
                    &url,
                    headers.clone(),
                    &[("grant_type", "authorization_code")],
                )
                .await,
        );
    }
    let page = last.expect("an answer");
    assert_eq!(page.status, 429);
    assert_eq!(page.json()["error"], "temporarily_unavailable");
    assert_eq!(page.json()["errorCode"], "E0000047");
    assert_eq!(
        page.header("access-control-allow-origin"),
        "http://127.0.0.1:3000"
    );
    assert!(
        page.header("access-control-expose-headers")
            .contains("X-Rate-Limit-Reset")
    );
    assert_eq!((header(&page, "limit"), header(&page, "remaining")), (3, 0));
}

#[tokio::test]
async fn a_browser_that_asks_too_often_gets_a_page_and_another_is_served() {
    let org = limited().await;
    let mut browser = org.browser();
    let url = Authorize::portico().url();
    drop(browser.get(&url).await);
    for _ in 0..60 {
        assert_eq!(browser.get(&url).await.status, 302);
    }
    let page = browser.get(&url).await;
    assert_eq!(page.status, 429);
    assert!(page.text().contains("Too many requests"), "{}", page.text());
    assert_eq!(header(&page, "remaining"), 0);
    assert_eq!(org.browser().get(&url).await.status, 302);
}

#[tokio::test]
async fn whoever_develops_sees_what_was_counted() {
    let org = limited().await;
    let mut api = Api::admin(&org).await;
    api.get("/api/v1/groups").await;
    api.get("/api/v1/groups").await;
    let mut headers = HeaderMap::new();
    headers.insert("accept", "application/json".parse().expect("a header"));
    let url = format!("{ORG_URL}/dev/limits");
    let page = org
        .browser()
        .send(Method::GET, &url, headers, bytes::Bytes::new())
        .await;
    let shown = page.json();
    assert_eq!(
        (&shown["profile"], &shown["running"]),
        (&json!("developer"), &json!(0))
    );
    let buckets = shown["buckets"].as_array().expect("a list");
    let groups = buckets
        .iter()
        .find(|bucket| bucket["path"] == "/api/v1/groups")
        .expect("a bucket");
    assert_eq!(
        (&groups["limit"], &groups["count"]),
        (&json!(100), &json!(2))
    );
    let page = org.browser().get(&url).await;
    assert!(page.text().contains("/api/v1/groups*"), "{}", page.text());
}

#[tokio::test]
async fn a_whole_sign_in_stays_within_the_limits() {
    let org = limited().await;
    for _ in 0..3 {
        let mut browser = org.browser();
        let tokens = tokens_for(&mut browser, &Authorize::portico(), JOHN).await;
        let token = tokens["access_token"].as_str().expect("a token");
        assert_eq!(userinfo(&mut browser, token).await.status, 200);
        org.clock.advance_seconds(1);
    }
}

#[tokio::test]
async fn one_persons_refresh_tokens_are_used_four_times_in_a_second() {
    let org = limited().await;
    org.execute(
        "INSERT INTO refresh_grants (id, server, app_id, user_id, terms, latest, used, created_at, used_at, expires_at) \
         SELECT 'oar1', 'org', ?1, id, '{}', 1, 0, 0, 0, 0 FROM users WHERE login = ?2",
        (PORTICO, JOHN),
    );
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, b"a refresh token");
    org.execute(
        "INSERT INTO refresh_tokens (token_hash, grant_id, number) VALUES (?1, 'oar1', 1)",
        [digest.as_ref()],
    );
    let mut browser = org.browser();
    let url = format!("{ORG_URL}/oauth2/v1/token");
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "a refresh token"),
    ];
    for _ in 0..4 {
        assert_ne!(browser.post(&url, &fields).await.status, 429);
    }
    assert_eq!(browser.post(&url, &fields).await.status, 429);
    org.clock.advance_seconds(1);
    assert_ne!(browser.post(&url, &fields).await.status, 429);
}
