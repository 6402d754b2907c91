//! What the org says of a token, and to whom.

use http::HeaderMap;
use model::Clock as _;
use serde_json::{Value, json};
use testkit::{ORG_URL, Page, TestOrg};

use crate::refresh::{OFFLINE, offline, org, refresh, token_of};
use crate::support::{
    Authorize, BROWSER_APP, JOHN, PORTICO, VERIFIER, basic, claims, code_for, oauth_error,
    redeem_at, tokens_for,
};

async fn ask_at(org: &TestOrg, server: &str, fields: &[(&str, &str)]) -> Page {
    let url = format!("{ORG_URL}/oauth2{server}/v1/introspect");
    let secret = basic(PORTICO, "portico-secret");
    org.browser().post_with(&url, secret, fields).await
}

async fn ask(org: &TestOrg, token: &str) -> Value {
    let answer = ask_at(org, "", &[("token", token)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

fn inactive() -> Value {
    json!({"active": false})
}

fn user_id(tokens: &Value) -> Value {
    claims(&tokens["id_token"])["sub"].clone()
}

#[tokio::test]
async fn an_access_token_is_told_with_oktas_members() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let now = org.clock.now().as_second();
    let told = ask(&org, &token_of(&tokens, "access_token")).await;
    let expected = json!({
        "active": true, "token_type": "Bearer", "scope": OFFLINE, "client_id": PORTICO, "username": JOHN,
        "exp": now + 3600, "iat": now, "sub": JOHN, "aud": ORG_URL, "iss": ORG_URL,
        "jti": claims(&tokens["access_token"])["jti"], "uid": user_id(&tokens),
    });
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_refresh_token_is_told_with_oktas_members() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let now = org.clock.now().as_second();
    let told = ask(&org, &token_of(&tokens, "refresh_token")).await;
    let expected = json!({
        "active": true, "token_type": "Bearer", "scope": OFFLINE, "client_id": PORTICO, "username": JOHN,
        "exp": now + 90 * 24 * 3600, "sub": JOHN,
    });
    assert_eq!(told, expected);
}

#[tokio::test]
async fn an_id_token_is_told_with_its_standard_members() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let now = org.clock.now().as_second();
    let told = ask(&org, &token_of(&tokens, "id_token")).await;
    let expected = json!({
        "active": true, "client_id": PORTICO, "username": JOHN, "exp": now + 3600, "iat": now,
        "sub": user_id(&tokens), "aud": PORTICO, "iss": ORG_URL, "jti": claims(&tokens["id_token"])["jti"],
    });
    assert_eq!(told, expected);
}

#[tokio::test]
async fn every_kind_of_token_is_inactive_when_it_is_not_good_or_nothing_to_the_app() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let mut browser = org.browser();
    let request = Authorize::app(BROWSER_APP, "https://spa.example.com/cb").with("scope", OFFLINE);
    let code = code_for(&mut browser, &request, JOHN).await;
    let fields = [
        ("client_id", BROWSER_APP),
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "https://spa.example.com/cb"),
        ("code_verifier", VERIFIER),
    ];
    let of_another = browser
        .post(&format!("{ORG_URL}/oauth2/v1/token"), &fields)
        .await
        .json();
    for name in ["access_token", "refresh_token", "id_token"] {
        assert_eq!(
            ask(&org, &token_of(&of_another, name)).await,
            inactive(),
            "{name}"
        );
        let token = token_of(&tokens, name);
        let elsewhere = ask_at(&org, "/default", &[("token", &token)]).await;
        assert_eq!(elsewhere.json(), inactive(), "{name}");
        // The wrong hint, and a hint of nothing, change nothing.
        for hint in [
            "access_token",
            "refresh_token",
            "id_token",
            "device_secret",
            "other",
        ] {
            let fields = [("token", token.as_str()), ("token_type_hint", hint)];
            assert_eq!(
                ask_at(&org, "", &fields).await.json()["active"],
                true,
                "{name} {hint}"
            );
        }
        let spoiled = format!("{}x", &token[..token.len() - 1]);
        assert_eq!(ask(&org, &spoiled).await, inactive(), "{name}");
    }
    for hostile in ["made-up", "a.b.c", "..", "\u{1f600}", &"x".repeat(10_000)] {
        assert_eq!(ask(&org, hostile).await, inactive());
    }
    org.clock.advance_seconds(3600);
    for name in ["access_token", "id_token"] {
        assert_eq!(
            ask(&org, &token_of(&tokens, name)).await,
            inactive(),
            "{name}"
        );
    }
    org.clock.advance_seconds(90 * 24 * 3600);
    assert_eq!(
        ask(&org, &token_of(&tokens, "refresh_token")).await,
        inactive()
    );
}

#[tokio::test]
async fn a_rotated_refresh_token_is_active_as_long_as_it_would_be_taken() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let first = token_of(&tokens, "refresh_token");
    let second = token_of(&refresh(&org, &first).await.json(), "refresh_token");
    let active = async |token: &str| ask(&org, token).await["active"].clone();
    assert_eq!(
        (active(&first).await, active(&second).await),
        (json!(true), json!(true))
    );
    org.clock.advance_seconds(30);
    assert_eq!(
        (active(&first).await, active(&second).await),
        (json!(false), json!(true))
    );
    // Asking is no use: nothing has ended.
    assert_eq!(refresh(&org, &second).await.status, 200);
}

#[tokio::test]
async fn who_asks_shows_who_they_are_and_names_a_token() {
    let org = org().await;
    let url = format!("{ORG_URL}/oauth2/v1/introspect");
    let token = ("token", "any");
    let nobody = org.browser().post(&url, &[token]).await;
    assert_eq!(nobody.status, 401);
    assert_eq!(oauth_error(&nobody).1, "No client credentials found.");
    let wrong = org
        .browser()
        .post_with(&url, basic(PORTICO, "wrong"), &[token])
        .await;
    assert_eq!(
        (wrong.status.as_u16(), oauth_error(&wrong).0.as_str()),
        (401, "invalid_client")
    );
    let nothing = ask_at(&org, "", &[]).await;
    assert_eq!(nothing.status, 400);
    assert_eq!(
        oauth_error(&nothing).1,
        "The 'token' parameter is required."
    );
    // A public client says who it is, in the form or in the address.
    let public = org
        .browser()
        .post(&url, &[("client_id", BROWSER_APP), token])
        .await;
    assert_eq!(public.json(), inactive());
    let in_address = format!("{url}?client_id={BROWSER_APP}");
    let public = org
        .browser()
        .post_with(&in_address, HeaderMap::new(), &[token])
        .await;
    assert_eq!(public.json(), inactive());
    let secret = format!("{url}?client_id={PORTICO}&client_secret=portico-secret");
    assert_eq!(org.browser().post(&secret, &[token]).await.status, 400);
}

#[tokio::test]
async fn a_custom_server_tells_of_its_own_tokens() {
    let org = org().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &offline().at("default"), JOHN).await;
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    for name in ["access_token", "refresh_token", "id_token"] {
        let token = token_of(&tokens, name);
        let told = ask_at(&org, "/default", &[("token", &token)]).await.json();
        assert_eq!(told["active"], true, "{name}");
        assert_eq!(ask(&org, &token).await, inactive(), "{name}");
    }
    let told = ask_at(
        &org,
        "/default",
        &[("token", &token_of(&tokens, "access_token"))],
    )
    .await
    .json();
    assert_eq!(told["aud"], "api://default");
    assert_eq!(told["iss"], format!("{ORG_URL}/oauth2/default"));
}
