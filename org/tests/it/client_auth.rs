//! Apps that show who they are by an assertion, and apps that act for themselves at a custom authorization server.

use aws_lc_rs::hmac::{HMAC_SHA256, HMAC_SHA384, HMAC_SHA512};
use http::HeaderMap;
use serde_json::{Value, json};
use testkit::{ORG_URL, Page, TestOrg};

use crate::api::Api;
use crate::clients::{
    ASSERTION, CREDENTIALS, add_scope, allow, assertion_claims, encode, service, sign_by_secret,
};
use crate::support::{BROWSER_APP, PORTICO, basic, claims, oauth_error};

const TOKEN: &str = "/oauth2/default/v1/token";

/// Posts a form at which the app shows an assertion.
async fn assert_at(org: &TestOrg, path: &str, assertion: &str, form: &[(&str, &str)]) -> Page {
    let mut fields = vec![
        ("client_assertion_type", ASSERTION),
        ("client_assertion", assertion),
    ];
    fields.extend(form);
    let url = format!("{ORG_URL}{path}");
    org.browser()
        .post_with(&url, HeaderMap::new(), &fields)
        .await
}

const ASK: [(&str, &str); 2] = [("grant_type", CREDENTIALS), ("scope", "orders:read")];

struct Stage {
    org: TestOrg,
    api: Api,
    id: String,
    secret: String,
}

/// A service that signs by its secret, and may have `orders:read`.
async fn stage(method: &str) -> Stage {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let (id, secret) = service(&mut api, method, &[CREDENTIALS]).await;
    add_scope(&mut api, "orders:read").await;
    allow(&org, &[CREDENTIALS]);
    Stage {
        org,
        api,
        id,
        secret,
    }
}

impl Stage {
    fn assertion(&self, audience: &str, jti: &str) -> String {
        let claims = assertion_claims(&self.org, &self.id, audience, jti);
        sign_by_secret(self.secret.as_bytes(), ("HS256", HMAC_SHA256), &claims)
    }
}

#[tokio::test]
async fn an_app_shows_who_it_is_by_an_assertion_wherever_apps_show_who_they_are() {
    let stage = stage("client_secret_jwt").await;
    let token = format!("{ORG_URL}{TOKEN}");
    let issuer = format!("{ORG_URL}/oauth2/default");
    let mut jtis = 0_u32..;
    for audience in [token.as_str(), issuer.as_str(), ORG_URL] {
        let jti = jtis.next().expect("a number").to_string();
        let answer = assert_at(&stage.org, TOKEN, &stage.assertion(audience, &jti), &ASK).await;
        assert_eq!(answer.status, 200, "{audience}: {}", answer.text());
    }
    for path in [
        "/oauth2/v1/introspect",
        "/oauth2/default/v1/introspect",
        "/oauth2/v1/revoke",
    ] {
        let jti = jtis.next().expect("a number").to_string();
        let own = format!("{ORG_URL}{path}");
        let assertion = stage.assertion(&own, &jti);
        let answer = assert_at(&stage.org, path, &assertion, &[("token", "any")]).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let again = assert_at(&stage.org, path, &assertion, &[("token", "any")]).await;
        assert_eq!(again.status, 401, "{path}");
    }
    for (alg, algorithm) in [("HS384", HMAC_SHA384), ("HS512", HMAC_SHA512)] {
        let claims = assertion_claims(&stage.org, &stage.id, &token, alg);
        let assertion = sign_by_secret(stage.secret.as_bytes(), (alg, algorithm), &claims);
        let answer = assert_at(&stage.org, TOKEN, &assertion, &ASK).await;
        assert_eq!(answer.status, 200, "{alg}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_assertion_that_is_not_as_it_should_be_is_no_authentication() {
    let stage = stage("client_secret_jwt").await;
    let url = format!("{ORG_URL}{TOKEN}");
    let fine = || assertion_claims(&stage.org, &stage.id, &url, "fresh");
    let with = |name: &str, value: Value| {
        let mut claims = fine();
        claims[name] = value;
        claims
    };
    let secret = stage.secret.as_bytes();
    let by = |claims: &Value| sign_by_secret(secret, ("HS256", HMAC_SHA256), claims);
    let now = fine()["iat"].as_i64().expect("a time");
    let unsigned = format!(
        "{}.{}.",
        encode(r#"{"alg":"none"}"#),
        encode(fine().to_string())
    );
    for (what, assertion) in [
        (
            "another secret",
            sign_by_secret(b"another", ("HS256", HMAC_SHA256), &fine()),
        ),
        (
            "another algorithm",
            sign_by_secret(secret, ("HS512", HMAC_SHA256), &fine()),
        ),
        (
            "an algorithm of keys",
            sign_by_secret(secret, ("RS256", HMAC_SHA256), &fine()),
        ),
        ("no algorithm", unsigned),
        (
            "several audiences",
            by(&with("aud", json!([url, "https://example.com"]))),
        ),
        ("one audience in a list", by(&with("aud", json!([url])))),
        (
            "another audience",
            by(&with("aud", json!("https://example.com"))),
        ),
        ("no audience", by(&with("aud", Value::Null))),
        ("expired", by(&with("exp", json!(now)))),
        ("too long", by(&with("exp", json!(now + 3601)))),
        ("no end", by(&with("exp", Value::Null))),
        ("no jti", by(&with("jti", Value::Null))),
        ("another issuer", by(&with("iss", json!(PORTICO)))),
        ("another client", by(&with("sub", json!(PORTICO)))),
        ("not yet", by(&with("nbf", json!(now + 61)))),
    ] {
        let answer = assert_at(&stage.org, TOKEN, &assertion, &ASK).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text());
        assert_eq!(oauth_error(&answer).0, "invalid_client", "{what}");
    }
    assert_eq!(
        assert_at(&stage.org, TOKEN, &by(&fine()), &ASK)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn an_app_shows_who_it_is_only_in_the_way_it_is_registered_for() {
    let stage = stage("client_secret_jwt").await;
    let url = format!("{ORG_URL}{TOKEN}");
    let plain = stage
        .org
        .browser()
        .post_with(&url, basic(&stage.id, &stage.secret), &ASK)
        .await;
    assert_eq!(
        (plain.status.as_u16(), oauth_error(&plain).0.as_str()),
        (401, "invalid_client")
    );
    let claims = assertion_claims(&stage.org, PORTICO, &url, "p");
    let signed = sign_by_secret(b"portico-secret", ("HS256", HMAC_SHA256), &claims);
    let answer = assert_at(&stage.org, TOKEN, &signed, &[("grant_type", CREDENTIALS)]).await;
    assert_eq!(
        (answer.status.as_u16(), oauth_error(&answer).0.as_str()),
        (401, "invalid_client")
    );
    let both = assert_at(
        &stage.org,
        TOKEN,
        &stage.assertion(&url, "both"),
        &[("client_secret", &stage.secret), ASK[0], ASK[1]],
    )
    .await;
    assert_eq!(both.status, 400);
    assert!(
        oauth_error(&both)
            .1
            .starts_with("Cannot supply multiple client credentials.")
    );
}

#[tokio::test]
async fn a_service_gets_the_scopes_of_a_custom_server_that_a_rule_gives_it() {
    let mut stage = stage("client_secret_basic").await;
    add_scope(&mut stage.api, "orders:write").await;
    let ask = async |server: &str, scope: &str| {
        let fields = [("grant_type", CREDENTIALS), ("scope", scope)];
        let url = format!("{ORG_URL}/oauth2{server}/v1/token");
        let secret = basic(&stage.id, &stage.secret);
        stage.org.browser().post_with(&url, secret, &fields).await
    };
    let granted = ask("/default", "orders:read orders:write orders:read").await;
    assert_eq!(granted.status, 200, "{}", granted.text());
    let body = granted.json();
    assert_eq!(body["scope"], "orders:read orders:write");
    assert_eq!(body["expires_in"], 3600);
    assert_eq!(
        (body.get("id_token"), body.get("refresh_token")),
        (None, None)
    );
    let told = claims(&body["access_token"]);
    assert_eq!(told["aud"], "api://default");
    assert_eq!(
        (&told["sub"], &told["cid"]),
        (&json!(stage.id), &json!(stage.id))
    );
    assert_eq!((told.get("uid"), told.get("auth_time")), (None, None));

    for (scope, error, text) in [
        (
            "openid",
            "invalid_scope",
            "Cannot request 'openid' scopes using client credentials.",
        ),
        ("", "invalid_scope", "No scopes were requested."),
        (
            "profile",
            "invalid_scope",
            "One or more scopes are not configured",
        ),
        (
            "offline_access",
            "invalid_scope",
            "One or more scopes are not configured",
        ),
        (
            "orders:delete",
            "invalid_scope",
            "One or more scopes are not configured",
        ),
        (
            "okta.users.read",
            "invalid_scope",
            "One or more scopes are not configured",
        ),
    ] {
        let answer = ask("/default", scope).await;
        assert_eq!(answer.status, 400, "{scope}");
        let (got, description) = oauth_error(&answer);
        assert_eq!(got, error, "{scope}");
        assert!(description.starts_with(text), "{scope}: {description}");
    }
    // The org's own server knows apps that act for themselves by their keys alone.
    assert_eq!(
        oauth_error(&ask("", "okta.users.read").await).0,
        "invalid_client"
    );

    allow(&stage.org, &[]);
    let denied = ask("/default", "orders:read").await;
    assert_eq!(
        (denied.status.as_u16(), oauth_error(&denied).0.as_str()),
        (400, "access_denied")
    );
    allow(&stage.org, &[CREDENTIALS]);
    stage.org.execute(
        "UPDATE server_policies SET clients = json(?1)",
        [json!([PORTICO]).to_string()],
    );
    assert_eq!(
        oauth_error(&ask("/default", "orders:read").await).0,
        "access_denied"
    );
}

#[tokio::test]
async fn what_a_service_got_is_told_to_it_and_ended_by_it() {
    let stage = stage("client_secret_basic").await;
    let secret = || basic(&stage.id, &stage.secret);
    let url = |path: &str| format!("{ORG_URL}/oauth2/default/v1/{path}");
    let mut browser = stage.org.browser();
    let granted = browser
        .post_with(&url("token"), secret(), &ASK)
        .await
        .json();
    let token = granted["access_token"].as_str().expect("a token");
    let told = browser
        .post_with(&url("introspect"), secret(), &[("token", token)])
        .await
        .json();
    assert_eq!(told["active"], true);
    assert_eq!(
        (&told["sub"], &told["client_id"]),
        (&json!(stage.id), &json!(stage.id))
    );
    assert_eq!((told.get("uid"), told.get("username")), (None, None));
    let revoked = browser
        .post_with(&url("revoke"), secret(), &[("token", token)])
        .await;
    assert_eq!(revoked.status, 200);
    let told = browser
        .post_with(&url("introspect"), secret(), &[("token", token)])
        .await
        .json();
    assert_eq!(told, json!({"active": false}));
}

#[tokio::test]
async fn a_public_app_does_not_act_for_itself() {
    let org = TestOrg::start().await;
    org.execute(
        "UPDATE apps SET grant_types = '[\"client_credentials\"]' WHERE id = ?1",
        [BROWSER_APP],
    );
    let url = format!("{ORG_URL}{TOKEN}");
    let fields = [("client_id", BROWSER_APP), ASK[0], ASK[1]];
    let answer = org.browser().post(&url, &fields).await;
    assert_eq!(
        (answer.status.as_u16(), oauth_error(&answer).0.as_str()),
        (401, "invalid_client")
    );
}
