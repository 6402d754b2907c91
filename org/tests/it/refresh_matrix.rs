//! Who stands behind a refresh token, at each use of it: the user's status, the app, the assignment, the policy; and what ends it.

use http::Method;
use serde_json::json;
use testkit::{ORG_URL, PASSWORD, TestOrg};

use crate::api::Api;
use crate::refresh::{assert_invalid, is_good, offline, org, refresh, refresh_at, token_of};
use crate::support::{JOHN, PORTICO, basic, code_for, oauth_error, redeem_at, tokens_for};

const NOT_ALLOWED: [&str; 7] = [
    "STAGED",
    "PROVISIONED",
    "RECOVERY",
    "PASSWORD_EXPIRED",
    "LOCKED_OUT",
    "SUSPENDED",
    "DEPROVISIONED",
];

#[tokio::test]
async fn a_refresh_token_is_worth_nothing_while_the_user_may_not_sign_in() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let token = token_of(&tokens, "refresh_token");
    let introspect = format!("{ORG_URL}/oauth2/v1/introspect");
    for status in NOT_ALLOWED {
        org.set_user_status(JOHN, status);
        assert_invalid(&refresh(&org, &token).await);
        for name in ["refresh_token", "access_token", "id_token"] {
            let fields = [("token", tokens[name].as_str().expect("a token"))];
            let secret = basic(PORTICO, "portico-secret");
            let told = org.browser().post_with(&introspect, secret, &fields).await;
            assert_eq!(told.json(), json!({"active": false}), "{status} {name}");
        }
    }
    // Refusals neither used it up nor ended it.
    org.set_user_status(JOHN, "ACTIVE");
    assert_eq!(refresh(&org, &token).await.status, 200);
}

#[tokio::test]
async fn a_refresh_token_is_worth_nothing_without_the_assignment_or_the_app() {
    let org = org().await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let token = token_of(&tokens, "refresh_token");
    org.unassign(PORTICO);
    assert_eq!(
        oauth_error(&refresh(&org, &token).await),
        (
            "access_denied".to_owned(),
            "User is not assigned to the client application.".to_owned()
        )
    );
    let status = |status: &str| {
        org.execute(
            "UPDATE apps SET status = ?2 WHERE id = ?1",
            (PORTICO, status),
        );
    };
    status("INACTIVE");
    assert_eq!(
        oauth_error(&refresh(&org, &token).await).0,
        "invalid_client"
    );
    status("ACTIVE");
    org.execute(
        "UPDATE apps SET grant_types = '[\"authorization_code\"]' WHERE id = ?1",
        [PORTICO],
    );
    assert_eq!(
        oauth_error(&refresh(&org, &token).await).0,
        "unauthorized_client"
    );
}

#[tokio::test]
async fn the_access_policy_of_a_custom_server_is_asked_again_and_decides_how_long() {
    let org = org().await;
    let mut browser = org.browser();
    let code = code_for(&mut browser, &offline().at("default"), JOHN).await;
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    let token = token_of(&tokens, "refresh_token");
    org.execute(
        "UPDATE server_policy_rules SET token = ?1",
        [json!({"accessTokenLifetimeMinutes": 5, "refreshTokenLifetimeMinutes": 0, "refreshTokenWindowMinutes": 10})
            .to_string()],
    );
    let next = refresh_at(&org, "/default", &token, None).await.json();
    assert_eq!(next["expires_in"], 300);
    // The window is the new one.
    let token = token_of(&next, "refresh_token");
    org.clock.advance_seconds(599);
    let next = refresh_at(&org, "/default", &token, None).await.json();
    let token = token_of(&next, "refresh_token");
    org.execute("UPDATE server_policy_rules SET status = 'INACTIVE'", ());
    let denied = (
        "access_denied".to_owned(),
        "Policy evaluation failed for this request, please check the policy configurations."
            .to_owned(),
    );
    assert_eq!(
        oauth_error(&refresh_at(&org, "/default", &token, None).await),
        denied
    );
    org.execute("UPDATE server_policy_rules SET status = 'ACTIVE'", ());
    org.clock.advance_seconds(600);
    assert_invalid(&refresh_at(&org, "/default", &token, None).await);
}

#[tokio::test]
async fn a_lifetime_of_the_policy_is_counted_from_the_sign_in() {
    let org = org().await;
    org.execute(
        "UPDATE server_policy_rules SET token = ?1",
        [json!({"accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 120, "refreshTokenWindowMinutes": 100})
            .to_string()],
    );
    let mut browser = org.browser();
    let code = code_for(&mut browser, &offline().at("default"), JOHN).await;
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    org.clock.advance_seconds(99 * 60);
    let next = refresh_at(&org, "/default", &token_of(&tokens, "refresh_token"), None).await;
    assert_eq!(next.status, 200, "{}", next.text());
    org.clock.advance_seconds(21 * 60);
    let token = token_of(&next.json(), "refresh_token");
    assert_invalid(&refresh_at(&org, "/default", &token, None).await);
}

/// Does something by the management API that ends what apps have.
async fn end(api: &mut Api, method: Method, path: &str, body: Option<serde_json::Value>) {
    let answer = api.call(method, path, body).await;
    assert!(
        answer.status.is_success(),
        "{path}: {} {}",
        answer.status,
        answer.body
    );
}

#[tokio::test]
async fn refresh_tokens_end_with_what_administrators_end() {
    let user = format!("/api/v1/users/{JOHN}");
    let app = format!("/api/v1/apps/{PORTICO}");
    let password = json!({
        "oldPassword": {"value": PASSWORD}, "newPassword": {"value": "Another-horse-4"}, "revokeSessions": true,
    });
    for (method, path, body) in [
        (Method::POST, format!("{user}/lifecycle/deactivate"), None),
        (Method::POST, format!("{user}/lifecycle/suspend"), None),
        (
            Method::POST,
            format!("{user}/lifecycle/reset_password?sendEmail=false"),
            None,
        ),
        (
            Method::DELETE,
            format!("{user}/sessions?oauthTokens=true"),
            None,
        ),
        (Method::DELETE, format!("{user}/grants"), None),
        (
            Method::POST,
            format!("{user}/credentials/change_password"),
            Some(password),
        ),
        (Method::POST, format!("{app}/lifecycle/deactivate"), None),
        (Method::DELETE, format!("{app}/tokens"), None),
        (
            Method::DELETE,
            format!("{user}/clients/{PORTICO}/tokens"),
            None,
        ),
        (
            Method::DELETE,
            format!("{user}/clients/{PORTICO}/grants"),
            None,
        ),
    ] {
        let org = org().await;
        let mut api = Api::admin(&org).await;
        let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
        end(&mut api, method, &path, body).await;
        org.set_user_status(JOHN, "ACTIVE");
        org.execute("UPDATE apps SET status = 'ACTIVE'", ());
        assert_invalid(&refresh(&org, &token_of(&tokens, "refresh_token")).await);
        assert!(
            !is_good(&org, &token_of(&tokens, "access_token")).await,
            "{path}"
        );
    }
}

#[tokio::test]
async fn signing_out_of_the_org_and_clearing_sessions_alone_leave_refresh_tokens() {
    let org = org().await;
    let mut api = Api::admin(&org).await;
    let mut browser = org.browser();
    let tokens = tokens_for(&mut browser, &offline(), JOHN).await;
    let hint = token_of(&tokens, "id_token");
    let _ = browser
        .get(&format!("{ORG_URL}/oauth2/v1/logout?id_token_hint={hint}"))
        .await;
    end(
        &mut api,
        Method::DELETE,
        &format!("/api/v1/users/{JOHN}/sessions"),
        None,
    )
    .await;
    assert_eq!(
        refresh(&org, &token_of(&tokens, "refresh_token"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn refresh_tokens_go_with_the_app_and_the_user_that_are_deleted() {
    let org = org().await;
    let mut api = Api::admin(&org).await;
    let tokens = tokens_for(&mut org.browser(), &offline(), JOHN).await;
    let user = format!("/api/v1/users/{JOHN}");
    end(
        &mut api,
        Method::POST,
        &format!("{user}/lifecycle/deactivate"),
        None,
    )
    .await;
    end(&mut api, Method::DELETE, &user, None).await;
    assert_invalid(&refresh(&org, &token_of(&tokens, "refresh_token")).await);
    assert_eq!(
        rows(&org, "refresh_grants") + rows(&org, "refresh_tokens"),
        0
    );
}

fn rows(org: &TestOrg, table: &str) -> i64 {
    org.database()
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
            row.get(0)
        })
        .expect("a count")
}
