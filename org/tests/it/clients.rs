//! Apps that act for themselves or for others, made by the management API, and how they sign.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Clock as _;
use serde_json::{Value, json};
use testkit::TestOrg;

use crate::api::Api;

pub(crate) const CREDENTIALS: &str = "client_credentials";
pub(crate) const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
pub(crate) const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A service app; the answer is its id and its secret.
pub(crate) async fn service(api: &mut Api, method: &str, grants: &[&str]) -> (String, String) {
    let app = json!({
        "name": "oidc_client", "label": format!("Service {method}"), "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": method}},
        "settings": {"oauthClient": {
            "application_type": "service", "grant_types": grants, "response_types": ["token"],
        }},
    });
    let made = api.post("/api/v1/apps", app).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let own = &made.body["credentials"]["oauthClient"];
    let text = |name: &str| own[name].as_str().expect("a text").to_owned();
    (text("client_id"), text("client_secret"))
}

/// Adds a scope to the default server.
pub(crate) async fn add_scope(api: &mut Api, name: &str) {
    let scopes = "/api/v1/authorizationServers/default/scopes";
    let made = api.post(scopes, json!({"name": name})).await;
    assert_eq!(made.status, 201, "{}", made.body);
}

/// Lets the one rule of the default server allow grants besides those that it begins with.
pub(crate) fn allow(org: &TestOrg, grants: &[&str]) {
    let mut allowed = vec!["authorization_code"];
    allowed.extend(grants);
    org.execute(
        "UPDATE server_policy_rules SET conditions = json_set(conditions, '$.grantTypes.include', json(?1))",
        [json!(allowed).to_string()],
    );
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The claims of an assertion that is right for five minutes.
pub(crate) fn assertion_claims(org: &TestOrg, client: &str, audience: &str, jti: &str) -> Value {
    let now = org.clock.now().as_second();
    json!({"iss": client, "sub": client, "aud": audience, "iat": now, "exp": now + 300, "jti": jti})
}

/// Signs by a secret. The header says `alg`, whatever it was signed by.
pub(crate) fn sign_by_secret(
    secret: &[u8],
    (alg, algorithm): (&str, hmac::Algorithm),
    claims: &Value,
) -> String {
    let header = json!({"alg": alg}).to_string();
    let message = format!("{}.{}", encode(header), encode(claims.to_string()));
    let tag = hmac::sign(&hmac::Key::new(algorithm, secret), message.as_bytes());
    format!("{message}.{}", encode(tag))
}
