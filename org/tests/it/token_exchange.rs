//! A service that goes on in the name of the person whose app called it.

use serde_json::{Value, json};
use testkit::{ORG_URL, Page, TestOrg};

use crate::api::Api;
use crate::clients::{CREDENTIALS, EXCHANGE, add_scope, allow, service};
use crate::refresh::{offline, org as refreshing_org, refresh_at, token_of};
use crate::support::{JOHN, PORTICO, basic, claims, code_for, oauth_error, redeem_at};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

struct Stage {
    org: TestOrg,
    id: String,
    secret: String,
    /// What the app of the person has.
    tokens: Value,
}

async fn stage() -> Stage {
    let org = refreshing_org().await;
    let mut api = Api::admin(&org).await;
    let grants = [CREDENTIALS, EXCHANGE];
    let (id, secret) = service(&mut api, "client_secret_basic", &grants).await;
    add_scope(&mut api, "orders:read").await;
    allow(&org, &grants);
    let mut browser = org.browser();
    let code = code_for(&mut browser, &offline().at("default"), JOHN).await;
    let tokens = redeem_at(&mut browser, "/default", &code).await.json();
    Stage {
        org,
        id,
        secret,
        tokens,
    }
}

impl Stage {
    /// Asks with some of the usual parameters replaced; an empty value leaves one out.
    async fn exchange(&self, server: &str, changes: &[(&str, &str)]) -> Page {
        let subject = token_of(&self.tokens, "access_token");
        let usual = [
            ("grant_type", EXCHANGE),
            ("subject_token", subject.as_str()),
            ("subject_token_type", ACCESS_TOKEN),
            ("audience", "api://default"),
            ("scope", "orders:read"),
        ];
        let is_changed = |name: &str| changes.iter().any(|(changed, _)| *changed == name);
        let mut fields: Vec<(&str, &str)> = usual
            .into_iter()
            .filter(|(name, _)| !is_changed(name))
            .collect();
        fields.extend(changes);
        let url = format!("{ORG_URL}/oauth2{server}/v1/token");
        let secret = basic(&self.id, &self.secret);
        self.org.browser().post_with(&url, secret, &fields).await
    }

    async fn is_active(&self, token: &str) -> bool {
        let url = format!("{ORG_URL}/oauth2/default/v1/introspect");
        let secret = basic(&self.id, &self.secret);
        let told = self
            .org
            .browser()
            .post_with(&url, secret, &[("token", token)])
            .await;
        told.json()["active"] == true
    }
}

#[tokio::test]
async fn a_service_exchanges_a_token_and_the_person_stays_the_subject() {
    let stage = stage().await;
    let answer = stage.exchange("/default", &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let body = answer.json();
    assert_eq!(body["issued_token_type"], ACCESS_TOKEN);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["scope"], "orders:read");
    assert_eq!(
        (body.get("id_token"), body.get("refresh_token")),
        (None, None)
    );
    let (before, now) = (
        claims(&stage.tokens["access_token"]),
        claims(&body["access_token"]),
    );
    for same in ["sub", "uid", "auth_time", "iss", "aud"] {
        assert_eq!(before[same], now[same], "{same}");
    }
    assert_eq!(now["cid"], json!(stage.id));
    assert_eq!(now["scp"], json!(["orders:read"]));
    assert!(stage.is_active(&token_of(&body, "access_token")).await);
}

#[tokio::test]
async fn an_exchange_that_is_not_as_it_should_be_is_refused_by_name() {
    let stage = stage().await;
    let refresh = token_of(&stage.tokens, "refresh_token");
    let id_token = token_of(&stage.tokens, "id_token");
    let own = stage
        .org
        .browser()
        .post_with(
            &format!("{ORG_URL}/oauth2/default/v1/token"),
            basic(&stage.id, &stage.secret),
            &[("grant_type", CREDENTIALS), ("scope", "orders:read")],
        )
        .await;
    let own = token_of(&own.json(), "access_token");
    let refresh_type = "urn:ietf:params:oauth:token-type:refresh_token";
    for (changes, error, text) in [
        (
            vec![("subject_token", "")],
            "invalid_request",
            "The required parameter 'subject_token' is missing.",
        ),
        (
            vec![("subject_token_type", "")],
            "invalid_request",
            "The required parameter 'subject_token_type' is missing.",
        ),
        (
            vec![("subject_token_type", refresh_type)],
            "invalid_request",
            "'subject_token_type' must be",
        ),
        (
            vec![("requested_token_type", refresh_type)],
            "invalid_request",
            "'requested_token_type' must be",
        ),
        (
            vec![("audience", "")],
            "invalid_request",
            "The required parameter 'audience' is missing.",
        ),
        (
            vec![("audience", "api://other")],
            "invalid_request",
            "'audience' must be 'api://default'.",
        ),
        (
            vec![("actor_token", "x")],
            "invalid_request",
            "'actor_token' is not supported",
        ),
        (
            vec![("subject_token", "made-up")],
            "invalid_grant",
            "'subject_token' is invalid.",
        ),
        (
            vec![("subject_token", refresh.as_str())],
            "invalid_grant",
            "'subject_token' is invalid.",
        ),
        (
            vec![("subject_token", id_token.as_str())],
            "invalid_grant",
            "'subject_token' is invalid.",
        ),
        (
            vec![("subject_token", own.as_str())],
            "invalid_grant",
            "'subject_token' is invalid.",
        ),
        (
            vec![("scope", "")],
            "invalid_request",
            "The required parameter 'scope' is missing.",
        ),
        (
            vec![("scope", "openid")],
            "invalid_scope",
            "One or more scopes are not configured",
        ),
        (
            vec![("scope", "orders:read offline_access")],
            "invalid_scope",
            "One or more scopes",
        ),
    ] {
        let answer = stage.exchange("/default", &changes).await;
        assert_eq!(answer.status, 400, "{changes:?}");
        let (got, description) = oauth_error(&answer);
        assert_eq!(got, error, "{changes:?}: {description}");
        assert!(description.starts_with(text), "{changes:?}: {description}");
    }
    let at_org = stage.exchange("", &[]).await;
    assert_eq!(oauth_error(&at_org).0, "unauthorized_client");
}

#[tokio::test]
async fn an_exchange_asks_for_the_grant_the_policy_and_the_person() {
    let stage = stage().await;
    let refused = async || oauth_error(&stage.exchange("/default", &[]).await).0;
    allow(&stage.org, &[]);
    assert_eq!(refused().await, "access_denied");
    allow(&stage.org, &[EXCHANGE]);
    for status in [
        "SUSPENDED",
        "LOCKED_OUT",
        "PASSWORD_EXPIRED",
        "DEPROVISIONED",
    ] {
        stage.org.set_user_status(JOHN, status);
        assert_eq!(refused().await, "invalid_grant", "{status}");
    }
    stage.org.set_user_status(JOHN, "ACTIVE");
    assert_eq!(stage.exchange("/default", &[]).await.status, 200);
    stage.org.unassign(PORTICO);
    assert_eq!(refused().await, "access_denied");
    stage.org.execute(
        "UPDATE apps SET grant_types = '[\"client_credentials\"]' WHERE id = ?1",
        [&stage.id],
    );
    assert_eq!(refused().await, "unauthorized_client");
}

#[tokio::test]
async fn what_was_exchanged_ends_with_what_it_was_exchanged_for() {
    let stage = stage().await;
    let exchanged = token_of(
        &stage.exchange("/default", &[]).await.json(),
        "access_token",
    );
    let refresh = token_of(&stage.tokens, "refresh_token");
    let next = refresh_at(&stage.org, "/default", &refresh, None).await;
    assert_eq!(next.status, 200, "{}", next.text());
    assert!(stage.is_active(&exchanged).await);
    let url = format!("{ORG_URL}/oauth2/default/v1/revoke");
    let secret = basic(PORTICO, "portico-secret");
    let _ = stage
        .org
        .browser()
        .post_with(&url, secret, &[("token", &refresh)])
        .await;
    assert!(!stage.is_active(&exchanged).await);
    assert_eq!(
        oauth_error(&stage.exchange("/default", &[]).await).0,
        "invalid_grant"
    );
}
