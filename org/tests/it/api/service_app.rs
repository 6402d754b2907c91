//! Service apps: they sign for themselves, get the scopes that were granted to them, and have the roles that were given to them.

mod published_keys;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use model::Clock as _;
use serde_json::{Value, json};
use testkit::{ORG_URL, Page, TestOrg};

use super::Api;
use crate::support::{Authorize, JOHN, claims, oauth_error, tokens_for};

const KEY: &[u8] = include_bytes!("../../../../testkit/keys/signing-1.p8");
const OTHER_KEY: &[u8] = include_bytes!("../../../../testkit/keys/signing-2.p8");

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn jwk(key: &[u8]) -> Value {
    let pair = KeyPair::from_pkcs8(key).expect("a key");
    let public = pair.public_key();
    json!({
        "kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256",
        "e": encode(public.exponent().big_endian_without_leading_zero()),
        "n": encode(public.modulus().big_endian_without_leading_zero()),
    })
}

fn sign(key: &[u8], header: &Value, claims: &Value) -> String {
    let pair = KeyPair::from_pkcs8(key).expect("a key");
    let message = format!(
        "{}.{}",
        encode(header.to_string()),
        encode(claims.to_string())
    );
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message.as_bytes(),
        &mut signature,
    )
    .expect("a signature");
    format!("{message}.{}", encode(signature))
}

struct Service {
    org: TestOrg,
    api: Api,
    id: String,
}

impl Service {
    async fn new(scopes: &[&str]) -> Self {
        let keys = json!({"jwks": {"keys": [jwk(KEY)]}});
        let mut service = Self::within(TestOrg::start().await, keys).await;
        for scope in scopes {
            service.grant(scope).await;
        }
        service
    }

    /// `keys`: by value or by address.
    async fn within(org: TestOrg, keys: Value) -> Self {
        let mut api = Api::admin(&org).await;
        let mut client = json!({
            "application_type": "service", "grant_types": ["client_credentials"], "response_types": ["token"],
        });
        let keys = keys.as_object().expect("an object").clone();
        client.as_object_mut().expect("an object").extend(keys);
        let app = json!({
            "name": "oidc_client", "label": "Nightly job", "signOnMode": "OPENID_CONNECT",
            "credentials": {"oauthClient": {"token_endpoint_auth_method": "private_key_jwt"}},
            "settings": {"oauthClient": client},
        });
        let made = api.post("/api/v1/apps", app).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let id = made.body["id"].as_str().expect("an id").to_owned();
        Self { org, api, id }
    }

    async fn grant(&mut self, scope: &str) {
        let grant = json!({"scopeId": scope, "issuer": ORG_URL});
        let path = format!("/api/v1/apps/{}/grants", self.id);
        let granted = self.api.post(&path, grant).await;
        assert!(granted.status.is_success(), "{}", granted.body);
    }

    fn claims(&self, jti: &str) -> Value {
        let now = self.org.clock.now().as_second();
        json!({
            "iss": self.id, "sub": self.id, "aud": format!("{ORG_URL}/oauth2/v1/token"),
            "iat": now, "exp": now + 300, "jti": jti,
        })
    }

    async fn ask(&self, assertion: &str, scope: &str) -> Page {
        let fields = [
            ("grant_type", "client_credentials"),
            ("scope", scope),
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ),
            ("client_assertion", assertion),
        ];
        let url = format!("{ORG_URL}/oauth2/v1/token");
        self.org
            .browser()
            .post_with(&url, HeaderMap::new(), &fields)
            .await
    }

    async fn token(&self, jti: &str, scope: &str) -> String {
        let assertion = sign(
            KEY,
            &json!({"alg": "RS256", "kid": "one"}),
            &self.claims(jti),
        );
        let page = self.ask(&assertion, scope).await;
        assert_eq!(page.status, 200, "{}", page.text());
        page.json()["access_token"]
            .as_str()
            .expect("a token")
            .to_owned()
    }

    fn with(&self, token: &str) -> Api {
        Api::nobody(&self.org).with_authorization(&format!("Bearer {token}"))
    }
}

#[tokio::test]
async fn a_service_app_reads_with_a_scope_and_a_role_and_with_neither_alone() {
    let mut service = Service::new(&["okta.users.read", "okta.groups.manage"]).await;
    let token = service
        .token("1", "okta.users.read okta.groups.manage")
        .await;
    let told = claims(&json!(token));
    assert_eq!(
        (&told["sub"], &told["cid"]),
        (&json!(service.id), &json!(service.id))
    );
    assert_eq!(
        told["scp"],
        json!(["okta.users.read", "okta.groups.manage"])
    );
    assert_eq!(told.get("uid"), None);
    assert_eq!(service.with(&token).get("/api/v1/users").await.status, 403);

    let roles = format!("/oauth2/v1/clients/{}/roles", service.id);
    let given = service
        .api
        .post(&roles, json!({"type": "READ_ONLY_ADMIN"}))
        .await;
    assert_eq!(given.status, 200, "{}", given.body);
    assert_eq!(given.body["assignmentType"], "CLIENT");
    assert_eq!(
        given.body["_links"]["assignee"]["href"],
        format!("{ORG_URL}/oauth2/v1/clients/{}", service.id)
    );
    assert_eq!(
        service
            .api
            .post(&roles, json!({"type": "READ_ONLY_ADMIN"}))
            .await
            .status,
        409
    );
    assert_eq!(service.api.get(&roles).await.body, json!([given.body]));
    assert_eq!(service.with(&token).get("/api/v1/users").await.status, 200);
    // The role reads only, and no scope is about apps.
    let group = json!({"profile": {"name": "New"}});
    assert_eq!(
        service
            .with(&token)
            .post("/api/v1/groups", group)
            .await
            .status,
        403
    );
    assert_eq!(service.with(&token).get("/api/v1/apps").await.status, 403);

    let id = given.body["id"].as_str().expect("an id");
    assert_eq!(
        service.api.get(&format!("{roles}/{id}")).await.body,
        given.body
    );
    assert_eq!(
        service.api.delete(&format!("{roles}/{id}")).await.status,
        204
    );
    assert_eq!(
        service.api.delete(&format!("{roles}/{id}")).await.status,
        404
    );
    assert_eq!(service.with(&token).get("/api/v1/users").await.status, 403);
    assert_eq!(
        service
            .api
            .get("/oauth2/v1/clients/none/roles")
            .await
            .status,
        404
    );
    let log = service.api.get("/api/v1/logs?q=client.privilege").await;
    assert_eq!(log.body.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn an_assertion_counts_once_and_only_as_it_should_be() {
    let service = Service::new(&["okta.users.read"]).await;
    let header = json!({"alg": "RS256", "kid": "one"});
    let fine = sign(KEY, &header, &service.claims("once"));
    assert_eq!(service.ask(&fine, "okta.users.read").await.status, 200);
    let again = service.ask(&fine, "okta.users.read").await;
    assert_eq!(
        (again.status.as_u16(), oauth_error(&again).0.as_str()),
        (401, "invalid_client")
    );

    let now = service.org.clock.now().as_second();
    let with = |name: &str, value: Value| {
        let mut claims = service.claims("fresh");
        claims[name] = value;
        sign(KEY, &header, &claims)
    };
    let unsigned = format!(
        "{}.{}.",
        encode(r#"{"alg":"none"}"#),
        encode(service.claims("x").to_string())
    );
    for (what, assertion) in [
        (
            "another key",
            sign(OTHER_KEY, &header, &service.claims("fresh")),
        ),
        (
            "another kid",
            sign(
                KEY,
                &json!({"alg": "RS256", "kid": "two"}),
                &service.claims("fresh"),
            ),
        ),
        (
            "another algorithm",
            sign(
                KEY,
                &json!({"alg": "RS512", "kid": "one"}),
                &service.claims("fresh"),
            ),
        ),
        (
            "critical",
            sign(
                KEY,
                &json!({"alg": "RS256", "crit": ["exp"]}),
                &service.claims("fresh"),
            ),
        ),
        ("no algorithm", unsigned),
        ("another issuer", with("iss", json!("0oaPortico0000000000"))),
        (
            "another audience",
            with("aud", json!("https://example.com/token")),
        ),
        (
            "two audiences",
            with("aud", json!([ORG_URL, "https://example.com"])),
        ),
        ("expired", with("exp", json!(now))),
        ("too long", with("exp", json!(now + 3601))),
        ("not yet", with("nbf", json!(now + 61))),
        ("no jti", with("jti", Value::Null)),
        ("empty jti", with("jti", json!(""))),
        ("another client", with("sub", json!("0oaPortico0000000000"))),
        ("not a token", "a.b.c".to_owned()),
        ("nothing like it", "abc".to_owned()),
    ] {
        let page = service.ask(&assertion, "okta.users.read").await;
        assert_eq!(page.status, 401, "{what}: {}", page.text());
        assert_eq!(oauth_error(&page).0, "invalid_client", "{what}");
    }
    let issuer = with("aud", json!(ORG_URL));
    assert_eq!(service.ask(&issuer, "okta.users.read").await.status, 200);
    let events = "SELECT count(*) FROM events WHERE type = 'app.oauth2.invalid_client_credentials'";
    let told: i64 = service
        .org
        .database()
        .query_row(events, [], |row| row.get(0))
        .expect("a count");
    assert_eq!(told, 17);
}

#[tokio::test]
async fn a_service_app_gets_the_scopes_that_were_granted_and_no_others() {
    let service = Service::new(&["okta.users.read"]).await;
    for (number, (scope, error)) in [
        ("", "invalid_scope"),
        ("openid", "invalid_scope"),
        ("okta.users.read openid", "invalid_scope"),
        ("profile", "invalid_scope"),
        ("anything", "invalid_scope"),
        ("okta.users.manage", "consent_required"),
        ("okta.users.read okta.apps.read", "consent_required"),
        ("okta.nothing.read", "consent_required"),
    ]
    .into_iter()
    .enumerate()
    {
        let assertion = sign(
            KEY,
            &json!({"alg": "RS256"}),
            &service.claims(&number.to_string()),
        );
        let page = service.ask(&assertion, scope).await;
        assert_eq!(
            (page.status.as_u16(), oauth_error(&page).0.as_str()),
            (400, error),
            "{scope}"
        );
    }
    let kept: i64 = service
        .org
        .database()
        .query_row("SELECT count(*) FROM access_tokens", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_token_ends_with_its_hour_and_with_its_app() {
    let mut service = Service::new(&["okta.users.read"]).await;
    let roles = format!("/oauth2/v1/clients/{}/roles", service.id);
    service
        .api
        .post(&roles, json!({"type": "READ_ONLY_ADMIN"}))
        .await;
    let first = service.token("1", "okta.users.read").await;
    service.org.clock.advance_seconds(3600);
    assert_eq!(service.with(&first).get("/api/v1/users").await.status, 401);
    let second = service.token("2", "okta.users.read").await;
    assert_eq!(service.with(&second).get("/api/v1/users").await.status, 200);
    let path = format!("/api/v1/apps/{}/lifecycle/deactivate", service.id);
    assert_eq!(service.api.post(&path, json!({})).await.status, 200);
    assert_eq!(service.with(&second).get("/api/v1/users").await.status, 401);
}

#[tokio::test]
async fn a_person_gives_an_app_a_scope_of_okta_only_where_it_was_granted_to_the_app() {
    let org = TestOrg::start().await;
    let request = Authorize::portico().with("scope", "openid okta.myAccount.profile.read");
    let refused = org.browser().get(&request.url()).await;
    assert_eq!(
        refused.location_parameter("error").as_deref(),
        Some("invalid_scope")
    );
    org.execute(
        "INSERT INTO app_grants (id, app_id, scope, issuer, created_at) \
         VALUES ('oag1', '0oaPortico0000000000', 'okta.myAccount.profile.read', ?1, 0), \
           ('oag2', '0oaPortico0000000000', 'okta.users.read.self', ?1, 0)",
        [ORG_URL],
    );
    let tokens = tokens_for(&mut org.browser(), &request, JOHN).await;
    assert_eq!(tokens["scope"], "openid okta.myAccount.profile.read");
    let custom = request
        .at("default")
        .with("scope", "openid okta.users.read.self");
    let refused = org.browser().get(&custom.url()).await;
    assert_eq!(
        refused.location_parameter("error").as_deref(),
        Some("invalid_scope")
    );
}

#[tokio::test]
async fn the_metadata_of_oauth_names_the_scopes_of_okta_and_that_of_openid_does_not() {
    let org = TestOrg::start().await;
    for (document, expected) in [
        ("oauth-authorization-server", true),
        ("openid-configuration", false),
    ] {
        let page = org
            .browser()
            .get(&format!("{ORG_URL}/.well-known/{document}"))
            .await;
        let scopes = page.json()["scopes_supported"].clone();
        let scopes = scopes.as_array().expect("a list");
        for scope in [
            "okta.users.read",
            "okta.logs.read",
            "okta.myAccount.profile.manage",
        ] {
            assert_eq!(
                scopes.contains(&json!(scope)),
                expected,
                "{document} {scope}"
            );
        }
        let grants = page.json()["grant_types_supported"].clone();
        let grants = grants.as_array().expect("a list");
        assert_eq!(
            grants.contains(&json!("client_credentials")),
            expected,
            "{document}"
        );
        let methods = page.json()["token_endpoint_auth_methods_supported"].clone();
        assert!(
            methods
                .as_array()
                .expect("a list")
                .contains(&json!("private_key_jwt"))
        );
    }
}
