//! Sessions and the authentication API.

use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use testkit::{APP_URL, Browser, ORG_URL, PASSWORD, Page, TestOrg};

use super::{Answer, Api};
use crate::support::{Authorize, JOHN, SUSPENDED, sign_in};

async fn authn(org: &TestOrg, username: &str, password: &str) -> Answer {
    let body = json!({"username": username, "password": password});
    Api::nobody(org).post("/api/v1/authn", body).await
}

async fn session_token(org: &TestOrg) -> String {
    let answer = authn(org, JOHN, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let token = answer.body["sessionToken"].as_str();
    token.expect("a token").to_owned()
}

async fn call(browser: &mut Browser, method: Method, path: &str) -> Page {
    let url = format!("{ORG_URL}{path}");
    browser
        .send(method, &url, HeaderMap::new(), bytes::Bytes::new())
        .await
}

fn count(org: &TestOrg, event: &str) -> i64 {
    let query = "SELECT count(*) FROM events WHERE type = ?1";
    let counted = org.database().query_row(query, [event], |row| row.get(0));
    counted.expect("a count")
}

#[tokio::test]
async fn a_right_password_gives_a_token_that_opens_one_session() {
    let org = TestOrg::start().await;
    let answer = authn(&org, JOHN, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["status"], "SUCCESS");
    assert_eq!(answer.body["expiresAt"], "2026-01-05T09:05:00.000Z");
    let user = &answer.body["_embedded"]["user"];
    assert_eq!(user["profile"]["login"], JOHN);
    assert_eq!(user["profile"]["timeZone"], "America/Los_Angeles");
    let token = &answer.body["sessionToken"];
    let mut api = Api::nobody(&org);
    let body = json!({"sessionToken": token});
    let session = api.post("/api/v1/sessions", body.clone()).await;
    assert_eq!(session.status, 200, "{}", session.body);
    assert_eq!(session.body["login"], JOHN);
    assert_eq!(session.body["userId"], user["id"]);
    assert_eq!(session.body["amr"], json!(["pwd"]));
    assert_eq!(session.body["status"], "ACTIVE");
    assert_eq!(session.body["expiresAt"], "2026-01-05T11:00:00.000Z");
    assert_eq!(session.body["lastFactorVerification"], Value::Null);
    let again = api.post("/api/v1/sessions", body).await;
    assert_eq!(
        (again.status.as_u16(), &again.body["errorCode"]),
        (401, &json!("E0000011"))
    );
    assert_eq!(count(&org, "user.session.start"), 1);
}

#[tokio::test]
async fn whoever_may_not_sign_in_hears_the_same_whatever_the_reason() {
    let org = TestOrg::start().await;
    for (login, password) in [
        (JOHN, "wrong"),
        ("nobody@example.com", PASSWORD),
        (SUSPENDED, PASSWORD),
    ] {
        let answer = authn(&org, login, password).await;
        assert_eq!(answer.status, 401, "{login}");
        assert_eq!(answer.body["errorCode"], "E0000004", "{login}");
        assert_eq!(answer.body["errorSummary"], "Authentication failed");
    }
    assert_eq!(count(&org, "user.session.start"), 3);
    for body in [
        json!({}),
        json!({"username": JOHN}),
        json!({"username": 1}),
        json!({"username": JOHN, "password": ""}),
    ] {
        let answer = Api::nobody(&org).post("/api/v1/authn", body).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.body["errorCode"]),
            (400, &json!("E0000001"))
        );
    }
}

#[tokio::test]
async fn too_many_wrong_passwords_lock_here_as_everywhere() {
    let org = TestOrg::start().await;
    for _ in 0..10 {
        authn(&org, JOHN, "wrong").await;
    }
    assert_eq!(count(&org, "user.account.lock"), 1);
    let answer = authn(&org, JOHN, PASSWORD).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.body["errorCode"]),
        (401, &json!("E0000004"))
    );
}

#[tokio::test]
async fn where_the_policy_asks_for_more_a_password_opens_nothing() {
    let org = TestOrg::start().await;
    let changed = org.execute(
        "UPDATE policy_rules SET actions = json_set(actions, '$.signon.requireFactor', json('true')) \
         WHERE json_extract(actions, '$.signon') IS NOT NULL",
        [],
    );
    assert!(changed > 0);
    let org = org.restart().await;
    let answer = authn(&org, JOHN, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["status"], "MFA_REQUIRED");
    assert_eq!(
        answer.body["_embedded"]["factors"][0]["factorType"],
        "email"
    );
    assert_eq!(answer.body.get("sessionToken"), None);
    assert_eq!(count(&org, "user.session.start"), 0);
}

#[tokio::test]
async fn a_token_signs_a_browser_in_at_the_authorize_endpoint_once() {
    let org = TestOrg::start().await;
    let token = session_token(&org).await;
    let request = Authorize::portico()
        .with("prompt", "none")
        .with("sessionToken", &token);
    let mut browser = org.browser();
    let answer = browser.get(&request.url()).await;
    assert!(
        answer.location_parameter("code").is_some(),
        "{}",
        answer.header("location")
    );
    let me = call(&mut browser, Method::GET, "/api/v1/sessions/me").await;
    assert_eq!(
        (me.status.as_u16(), &me.json()["login"]),
        (200, &json!(JOHN))
    );
    let other = org.browser().get(&request.url()).await;
    assert_eq!(
        other.location_parameter("error").as_deref(),
        Some("login_required")
    );
    let late = session_token(&org).await;
    org.clock.advance_seconds(300);
    let request = request.with("sessionToken", &late);
    let other = org.browser().get(&request.url()).await;
    assert_eq!(
        other.location_parameter("error").as_deref(),
        Some("login_required")
    );
}

#[tokio::test]
async fn a_token_signs_a_browser_in_on_the_way_to_a_trusted_page_only() {
    let org = TestOrg::start().await;
    let token = session_token(&org).await;
    let path = |to: &str| format!("/login/sessionCookieRedirect?token={token}&redirectUrl={to}");
    let mut browser = org.browser();
    for to in [
        "https://evil.example.com/",
        "javascript:alert(1)",
        "",
        "//evil.example.com",
    ] {
        let page = call(&mut browser, Method::GET, &path(to)).await;
        assert_eq!(page.status, 400, "{to}");
    }
    let page = call(
        &mut browser,
        Method::GET,
        &path(&format!("{APP_URL}/start")),
    )
    .await;
    assert_eq!(
        (page.status.as_u16(), page.header("location")),
        (302, "http://127.0.0.1:3000/start")
    );
    assert_eq!(
        call(&mut browser, Method::GET, "/api/v1/sessions/me")
            .await
            .status,
        200
    );
    let again = call(&mut org.browser(), Method::GET, &path(APP_URL)).await;
    assert_eq!(again.status, 400);
}

#[tokio::test]
async fn a_browser_reads_keeps_and_ends_its_own_session() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    let none = call(&mut browser, Method::GET, "/api/v1/sessions/me").await;
    assert_eq!(
        (none.status.as_u16(), &none.json()["errorCode"]),
        (404, &json!("E0000007"))
    );
    drop(sign_in(&mut browser, &Authorize::portico(), JOHN).await);
    let me = call(&mut browser, Method::GET, "/api/v1/sessions/me")
        .await
        .json();
    assert_eq!(me["expiresAt"], "2026-01-05T11:00:00.000Z");
    assert_eq!(
        me["_links"]["self"]["href"],
        format!("{ORG_URL}/api/v1/sessions/me")
    );
    assert_eq!(me["_links"]["user"]["name"], "John Doe");
    org.clock.advance_seconds(600);
    let refreshed = call(
        &mut browser,
        Method::POST,
        "/api/v1/sessions/me/lifecycle/refresh",
    )
    .await;
    assert_eq!(refreshed.json()["expiresAt"], "2026-01-05T11:10:00.000Z");
    assert_eq!(refreshed.json()["id"], me["id"]);
    let mut headers = HeaderMap::new();
    headers.insert("prefer", HeaderValue::from_static("return=minimal"));
    let url = format!("{ORG_URL}/api/v1/sessions/me/lifecycle/refresh");
    let minimal = browser
        .send(Method::POST, &url, headers, bytes::Bytes::new())
        .await;
    assert_eq!(
        (minimal.status.as_u16(), minimal.text().as_str()),
        (204, "")
    );
    let ended = call(&mut browser, Method::DELETE, "/api/v1/sessions/me").await;
    assert_eq!(ended.status, 204);
    assert!(ended.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(
        call(&mut browser, Method::GET, "/api/v1/sessions/me")
            .await
            .status,
        404
    );
    assert_eq!(count(&org, "user.session.end"), 1);
}

#[tokio::test]
async fn an_administrator_finds_a_session_by_its_id_and_ends_it() {
    let org = TestOrg::start().await;
    let mut browser = org.browser();
    drop(sign_in(&mut browser, &Authorize::portico(), JOHN).await);
    let me = call(&mut browser, Method::GET, "/api/v1/sessions/me")
        .await
        .json();
    let path = format!("/api/v1/sessions/{}", me["id"].as_str().expect("an id"));
    let mut api = Api::admin(&org).await;
    let found = api.get(&path).await;
    assert_eq!(
        (found.status.as_u16(), &found.body["login"]),
        (200, &json!(JOHN))
    );
    org.clock.advance_seconds(60);
    let refreshed = api
        .post(&format!("{path}/lifecycle/refresh"), json!({}))
        .await;
    assert_eq!(refreshed.body["expiresAt"], "2026-01-05T11:01:00.000Z");
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(
        call(&mut browser, Method::GET, "/api/v1/sessions/me")
            .await
            .status,
        404
    );
    for gone in [
        path.as_str(),
        "/api/v1/sessions/102",
        "/api/v1/sessions/102%FF",
        "/api/v1/sessions/x",
    ] {
        assert_eq!(api.get(gone).await.status, 404, "{gone}");
    }
}
