//! Refresh tokens: who gets one, what a use of it gives, and when it ends.

use serde_json::{Value, json};
use testkit::{ORG_URL, Page, TEST_SEED, TestOrg};

use crate::support::{
    Authorize, BROWSER_APP, JOHN, NATIVE, PORTICO, VERIFIER, basic, claims, code_for, oauth_error,
    redeem, tokens_for, userinfo,
};

pub(crate) const INVALID: &str = "The refresh token is invalid or expired.";
pub(crate) const OFFLINE: &str = "openid profile email offline_access";

/// The org of the other tests, where apps may come back: Portico and the single-page app by rotation with a leeway of 30 seconds,
/// the native app and the posting one always by the same token.
pub(crate) async fn org() -> TestOrg {
    org_with(&json!({"rotationType": "ROTATE", "leeway": 30})).await
}

/// The same with other settings for Portico.
pub(crate) async fn org_with(portico: &Value) -> TestOrg {
    let mut seed: Value = serde_json::from_str(TEST_SEED).expect("JSON");
    for app in seed["apps"].as_array_mut().expect("apps") {
        app["grantTypes"] = json!(["authorization_code", "refresh_token"]);
        if app["clientId"] == PORTICO {
            app["refreshToken"] = portico.clone();
        }
    }
    TestOrg::with_seed(&seed.to_string()).await
}

pub(crate) fn offline() -> Authorize {
    Authorize::portico().with("scope", OFFLINE)
}

pub(crate) fn token_of(tokens: &Value, name: &str) -> String {
    let token = tokens[name].as_str();
    token
        .unwrap_or_else(|| panic!("{name} in {tokens}"))
        .to_owned()
}

/// Refreshes as Portico does, at the org's own server or, as `/default`, at another.
pub(crate) async fn refresh_at(
    org: &TestOrg,
    server: &str,
    token: &str,
    scope: Option<&str>,
) -> Page {
    let mut fields = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
    fields.extend(scope.map(|scope| ("scope", scope)));
    let url = format!("{ORG_URL}/oauth2{server}/v1/token");
    let secret = basic(PORTICO, "portico-secret");
    org.browser().post_with(&url, secret, &fields).await
}

pub(crate) async fn refresh(org: &TestOrg, token: &str) -> Page {
    refresh_at(org, "", token, None).await
}

pub(crate) fn assert_invalid(page: &Page) {
    assert_eq!(page.status, 400, "{}", page.text());
    let expected = ("invalid_grant".to_owned(), INVALID.to_owned());
    assert_eq!(oauth_error(page), expected);
}

/// Whether an access token is good at the org's own server.
pub(crate) async fn is_good(org: &TestOrg, access_token: &str) -> bool {
    userinfo(&mut org.browser(), access_token).await.status == 200
}

/// How many events of a type there are.
pub(crate) fn events(org: &TestOrg, event_type: &str) -> i64 {
    let count = "SELECT count(*) FROM events WHERE type = ?1";
    org.database()
        .query_row(count, [event_type], |row| row.get(0))
        .expect("a count")
}

#[tokio::test]
async fn an_app_with_the_grant_that_asks_for_it_gets_a_refresh_token_and_no_other_does() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    assert_eq!(tokens["scope"], OFFLINE);
    // 256 random bits.
    assert_eq!(token_of(&tokens, "refresh_token").len(), 43);
    let scp = claims(&tokens["access_token"])["scp"].clone();
    assert!(
        scp.as_array()
            .expect("scopes")
            .contains(&json!("offline_access"))
    );
    assert_eq!(events(&org, "app.oauth2.token.grant.refresh_token"), 1);

    let without_scope = tokens_for(&mut org.browser(), &Authorize::portico(), JOHN).await;
    assert_eq!(without_scope.get("refresh_token"), None);
    let without_grant = TestOrg::start().await;
    let tokens = tokens_for(&mut without_grant.browser(), &offline(), JOHN).await;
    assert_eq!(tokens.get("refresh_token"), None);
    let answer = refresh(&without_grant, "made-up").await;
    assert_eq!(oauth_error(&answer).0, "unauthorized_client");
}

#[tokio::test]
async fn a_refresh_gives_new_tokens_about_the_same_sign_in() {
    let org = org().await;
    let first = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    org.clock.advance_seconds(3000);
    let answer = refresh(&org, &token_of(&first, "refresh_token")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let second = answer.json();
    assert_eq!(second["scope"], OFFLINE);
    assert_eq!(second["expires_in"], 3600);
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let (old, new) = (claims(&first["id_token"]), claims(&second["id_token"]));
    for same in ["iss", "sub", "aud", "auth_time", "amr", "idp"] {
        assert_eq!(old[same], new[same], "{same}");
    }
    assert_eq!(new["iat"], old["iat"].as_i64().expect("a time") + 3000);
    assert_eq!(new.get("nonce"), None);
    assert_ne!(old["at_hash"], new["at_hash"]);
    assert_ne!(old["jti"], new["jti"]);
    // What was issued before goes on until it expires.
    assert!(is_good(&org, &token_of(&first, "access_token")).await);
    assert!(is_good(&org, &token_of(&second, "access_token")).await);
    assert_eq!(events(&org, "app.oauth2.token.grant.access_token"), 2);
    assert_eq!(events(&org, "app.oauth2.token.grant.refresh_token"), 2);
}

#[tokio::test]
async fn scopes_may_be_narrowed_and_never_widened() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let token = token_of(&tokens, "refresh_token");
    let wider = refresh_at(&org, "", &token, Some("openid address")).await;
    assert_eq!(
        oauth_error(&wider),
        (
            "invalid_scope".to_owned(),
            "Some of the scopes requested for the refresh request were not granted in the original authorize request. \
             Denied scopes: [address]."
                .to_owned()
        )
    );
    // Without `offline_access` there is no refresh token in the answer, and the one that was brought stays.
    let narrow = refresh_at(&org, "", &token, Some("openid email"))
        .await
        .json();
    assert_eq!(narrow["scope"], "openid email");
    assert_eq!(narrow.get("refresh_token"), None);
    assert_eq!(
        claims(&narrow["access_token"])["scp"],
        json!(["openid", "email"])
    );
    assert_eq!(claims(&narrow["id_token"]).get("name"), None);
    // Without `openid` there is no ID token.
    let offline_only = refresh_at(&org, "", &token, Some("offline_access"))
        .await
        .json();
    assert_eq!(offline_only.get("id_token"), None);
    // What was narrowed once is whole the next time.
    let next = token_of(&offline_only, "refresh_token");
    assert_eq!(refresh(&org, &next).await.json()["scope"], OFFLINE);
}

#[tokio::test]
async fn a_refresh_token_is_good_for_its_app_at_its_server_only() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let token = token_of(&tokens, "refresh_token");
    let fields = [
        ("client_id", BROWSER_APP),
        ("grant_type", "refresh_token"),
        ("refresh_token", &token),
    ];
    let url = format!("{ORG_URL}/oauth2/v1/token");
    assert_invalid(&org.browser().post(&url, &fields).await);
    assert_invalid(&refresh_at(&org, "/default", &token, None).await);
    assert_invalid(&refresh(&org, "made-up").await);
    assert_invalid(&refresh(&org, &token_of(&tokens, "access_token")).await);
    // None of that ended it.
    assert_eq!(refresh(&org, &token).await.status, 200);
    let missing = org
        .browser()
        .post_with(
            &url,
            basic(PORTICO, "portico-secret"),
            &[("grant_type", "refresh_token")],
        )
        .await;
    assert_eq!(
        oauth_error(&missing),
        (
            "invalid_request".to_owned(),
            "The required parameter 'refresh_token' is missing.".to_owned()
        )
    );
}

#[tokio::test]
async fn public_apps_refresh_by_their_id_alone_and_native_ones_keep_their_token() {
    let org = org().await;
    let url = format!("{ORG_URL}/oauth2/v1/token");
    for (app, uri, rotates) in [
        (BROWSER_APP, "https://spa.example.com/cb", true),
        (NATIVE, "com.example.app:/cb", false),
    ] {
        let mut browser = org.browser();
        let request = Authorize::app(app, uri).with("scope", OFFLINE);
        let code = code_for(&mut browser, &request, JOHN).await;
        let fields = [
            ("client_id", app),
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", uri),
            ("code_verifier", VERIFIER),
        ];
        let tokens = browser.post(&url, &fields).await.json();
        let token = token_of(&tokens, "refresh_token");
        let fields = [
            ("client_id", app),
            ("grant_type", "refresh_token"),
            ("refresh_token", &token),
        ];
        let next = browser.post(&url, &fields).await;
        assert_eq!(next.status, 200, "{}", next.text());
        assert_eq!(
            token_of(&next.json(), "refresh_token") != token,
            rotates,
            "{app}"
        );
        // A hundred uses later it is the same.
        org.clock.advance_seconds(31);
        let again = browser.post(&url, &fields).await;
        assert_eq!(again.status == 200, !rotates, "{app}");
    }
    assert_eq!(events(&org, "app.oauth2.token.detect_reuse"), 1);
}

#[tokio::test]
async fn reusing_the_code_ends_the_refresh_token_and_what_it_gave() {
    let org = org().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &offline(), JOHN).await;
    let tokens = redeem(&mut browser, &code).await.json();
    let next = refresh(&org, &token_of(&tokens, "refresh_token"))
        .await
        .json();
    assert_eq!(redeem(&mut browser, &code).await.status, 400);
    assert_invalid(&refresh(&org, &token_of(&next, "refresh_token")).await);
    assert!(!is_good(&org, &token_of(&next, "access_token")).await);
}

#[tokio::test]
async fn a_refresh_token_of_the_org_server_ends_ninety_days_after_the_sign_in_whatever_is_done() {
    const DAY: i64 = 24 * 3600;
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let mut token = token_of(&tokens, "refresh_token");
    for _ in 0..2 {
        org.clock.advance_seconds(44 * DAY);
        let next = refresh(&org, &token).await;
        assert_eq!(next.status, 200, "{}", next.text());
        token = token_of(&next.json(), "refresh_token");
    }
    org.clock.advance_seconds(2 * DAY - 1);
    let last = refresh(&org, &token).await.json();
    org.clock.advance_seconds(1);
    assert_invalid(&refresh(&org, &token_of(&last, "refresh_token")).await);
    assert_eq!(events(&org, "app.oauth2.token.detect_reuse"), 0);
}

#[tokio::test]
async fn at_a_custom_server_an_unused_token_ends_with_its_window_and_a_used_one_begins_it_anew() {
    const DAY: i64 = 24 * 3600;
    let org = org().await;
    let request = offline().at("default");
    let mut browser = org.browser();
    let code = code_for(&mut browser, &request, JOHN).await;
    let tokens = crate::support::redeem_at(&mut browser, "/default", &code)
        .await
        .json();
    let mut token = token_of(&tokens, "refresh_token");
    for _ in 0..5 {
        org.clock.advance_seconds(7 * DAY - 1);
        let next = refresh_at(&org, "/default", &token, None).await;
        assert_eq!(next.status, 200, "{}", next.text());
        token = token_of(&next.json(), "refresh_token");
    }
    org.clock.advance_seconds(7 * DAY);
    assert_invalid(&refresh_at(&org, "/default", &token, None).await);
    assert_eq!(events(&org, "app.oauth2.as.token.grant.refresh_token"), 6);
}

#[tokio::test]
async fn a_refresh_token_survives_a_restart() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let org = org.restart().await;
    let next = refresh(&org, &token_of(&tokens, "refresh_token")).await;
    assert_eq!(next.status, 200, "{}", next.text());
    let org = org.restart().await;
    // The org of the tests draws the same random numbers after each start, and no two tokens are alike.
    org.clock.advance_seconds(1);
    let again = refresh(&org, &token_of(&tokens, "refresh_token")).await;
    assert_eq!(again.json()["refresh_token"], next.json()["refresh_token"]);
}

#[tokio::test]
async fn the_database_holds_no_refresh_token() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let first = token_of(&tokens, "refresh_token");
    let second = token_of(&refresh(&org, &first).await.json(), "refresh_token");
    let mut files = 0;
    for entry in std::fs::read_dir(org.dir().path()).expect("a directory") {
        let Ok(bytes) = std::fs::read(entry.expect("an entry").path()) else {
            continue;
        };
        files += 1;
        for token in [&first, &second] {
            let found = bytes
                .windows(token.len())
                .any(|part| part == token.as_bytes());
            assert!(!found);
        }
    }
    assert!(files > 0);
}
