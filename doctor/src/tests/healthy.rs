use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use super::healthy_policies::{authenticators, enrollment, password, session};
use crate::{
    Facts, KeptFile, Managed, OrgFacts, Place, Reply, Settings, SignInFacts, SiteFacts, Skip,
};

pub(crate) const SECRET: &str = "Vq3kTz8mWp5rXs7yBn4cLd9fGh2jKa6eQu1iOo0tZv3xCb8nMm5wEr7yTu9iPl2a";
pub(crate) const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
pub(crate) const OTHER_KEY: &str = "IAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const ORIGIN: &str = "https://example.okta.com";
const ISSUER: &str = "https://example.okta.com/oauth2/default";

pub(crate) fn now() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().expect("a time")
}

pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: Value) -> Reply {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        map.append(name, HeaderValue::from_str(value).expect("a value"));
    }
    Reply {
        status,
        headers: map,
        body,
        skew: Some(1),
    }
}

/// An app on the internet that signs in at the custom server of a real org, with password-optional customers.
pub(crate) fn real() -> Facts {
    Facts {
        now: now(),
        settings: Settings {
            app_url: Url::parse("https://app.example.com").expect("an address"),
            app_listen: None,
            session_keys: Some(SecretString::from(format!("{KEY},{OTHER_KEY}"))),
            org_url: Url::parse("http://localhost:7000").expect("an address"),
            org_listen: None,
            dev_pages: None,
            has_rate_limits: false,
            issuer: Some(ISSUER.to_owned()),
            client_id: Some("0oa1".to_owned()),
            client_secret: Some(SecretString::from(SECRET)),
            scopes: Some(vec!["openid".to_owned(), "offline_access".to_owned()]),
            own_page: None,
            files: vec![
                file("data/app", 0o700, true),
                file("data/app/session-keys", 0o600, false),
            ],
        },
        place: Place {
            origin: ORIGIN.to_owned(),
            is_local: false,
            console: "https://example-admin.okta.com".to_owned(),
        },
        issuer: ISSUER.to_owned(),
        org: org(),
        sign_in: sign_in(),
        site: site(),
        managed: managed(),
    }
}

/// The app beside its local org, on loopback.
pub(crate) fn local() -> Facts {
    let mut facts = real();
    facts.settings.app_url = Url::parse("http://127.0.0.1:3000").expect("an address");
    facts.settings.issuer = None;
    facts.settings.client_secret = None;
    facts.issuer = "http://localhost:7000".to_owned();
    facts.place = Place {
        origin: "http://localhost:7000".to_owned(),
        is_local: true,
        console: String::new(),
    };
    let skip = Skip::NotChecked("no API token".to_owned());
    facts.managed = Managed::unknown(&skip);
    let text = facts
        .org
        .openid
        .as_ref()
        .expect("metadata")
        .body
        .to_string();
    let text = text.replace(ISSUER, &facts.issuer);
    let metadata = reply(200, &[], serde_json::from_str(&text).expect("JSON"));
    facts.org.oauth = Ok(metadata.clone());
    facts.org.openid = Ok(metadata);
    let location = facts
        .sign_in
        .login
        .as_ref()
        .expect("a login")
        .header("location");
    let location = location.expect("a location").replace(
        "https%3A%2F%2Fapp.example.com",
        "http%3A%2F%2F127.0.0.1%3A3000",
    );
    let cookie = "portico_tx_1=x; HttpOnly; SameSite=Lax; Path=/";
    facts.sign_in.login = Ok(reply(
        303,
        &[("location", &location), ("set-cookie", cookie)],
        Value::Null,
    ));
    facts
}

fn file(path: &str, mode: u32, is_folder: bool) -> KeptFile {
    KeptFile {
        path: path.into(),
        mode: Some(mode),
        is_folder,
    }
}

fn org() -> OrgFacts {
    let metadata = json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{ISSUER}/v1/authorize"),
        "token_endpoint": format!("{ISSUER}/v1/token"),
        "jwks_uri": format!("{ISSUER}/v1/keys"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    });
    let modulus = format!("v{}", "A".repeat(341));
    let key = |name: &str| json!({"kty": "RSA", "alg": "RS256", "use": "sig", "kid": name, "e": "AQAB", "n": modulus});
    let document = |body| {
        Ok(reply(
            200,
            &[("strict-transport-security", "max-age=31536000")],
            body,
        ))
    };
    OrgFacts {
        openid: document(metadata.clone()),
        oauth: document(metadata),
        keys: document(json!({"keys": [key("one"), key("two")]})),
        organization: document(json!({"id": "00o1", "pipeline": "idx"})),
        token_from_foreign_page: Ok(reply(200, &[], Value::Null)),
        authorize_from_foreign_page: Ok(reply(400, &[], Value::Null)),
    }
}

fn sign_in() -> SignInFacts {
    let request = format!(
        "{ISSUER}/v1/authorize?client_id=0oa1&response_type=code&scope=openid&state=abcdefghijklmnopqrst&nonce=abcdefghijklmnopqrst\
         &redirect_uri=https%3A%2F%2Fapp.example.com%2Flogin%2Fcallback&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
         &code_challenge_method=S256"
    );
    let cookie = "__Host-portico_tx_1=x; HttpOnly; SameSite=Lax; Path=/; Secure";
    let back =
        "https://app.example.com/login/callback?error=invalid_request&error_description=PKCE";
    SignInFacts {
        login: Ok(reply(
            303,
            &[("location", &request), ("set-cookie", cookie)],
            Value::Null,
        )),
        asked: Ok(reply(
            302,
            &[("location", "https://example.okta.com/signin")],
            Value::Null,
        )),
        longer_redirect_uri: Ok(reply(400, &[], Value::Null)),
        without_pkce: Ok(reply(302, &[("location", back)], Value::Null)),
    }
}

pub(crate) const HOME: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'nonce-1' 'strict-dynamic'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    ),
];

fn site() -> SiteFacts {
    SiteFacts {
        live: Ok(reply(200, &[], Value::Null)),
        home: Ok(reply(200, &HOME, Value::Null)),
        foreign_host: Ok(reply(421, &[], Value::Null)),
        forged: Ok(reply(403, &[], Value::Null)),
    }
}

fn app() -> Value {
    json!({
        "id": "0oa1", "label": "Portico", "name": "oidc_client", "status": "ACTIVE", "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"client_id": "0oa1", "client_secret": SECRET, "token_endpoint_auth_method": "client_secret_basic", "pkce_required": true}},
        "settings": {"implicitAssignment": false, "oauthClient": {
            "application_type": "web", "consent_method": "TRUSTED", "wildcard_redirect": "DISABLED",
            "redirect_uris": ["https://app.example.com/login/callback"],
            "post_logout_redirect_uris": ["https://app.example.com/signed-out"],
            "initiate_login_uri": "https://app.example.com/login",
            "idp_initiated_login": {"mode": "DISABLED", "default_scope": []},
            "response_types": ["code"],
            "grant_types": ["authorization_code", "refresh_token", "interaction_code"],
            "refresh_token": {"rotation_type": "ROTATE", "leeway": 30},
        }},
    })
}

fn managed() -> Managed {
    let rule = json!({"id": "0pr9", "name": "Default Policy Rule", "status": "ACTIVE",
        "conditions": {"grantTypes": {"include": ["authorization_code", "interaction_code"]}},
        "actions": {"token": {"accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 0, "refreshTokenWindowMinutes": 10080}}});
    let catch_all = json!({"id": "rul1", "name": "Catch-all Rule", "status": "ACTIVE", "actions": {"appSignOn": {"access": "ALLOW",
        "verificationMethod": {"type": "ASSURANCE", "factorMode": "1FA", "constraints": [], "reauthenticateIn": "PT12H"}}}});
    let register = json!({"name": "Catch-all Rule", "status": "ACTIVE", "actions": {"profileEnrollment": {
        "unknownUserAction": "REGISTER", "targetGroupIds": ["00gOptional"], "activationRequirements": {"emailVerification": true}}}});
    let console = json!({"name": "Admin App Policy", "status": "ACTIVE", "actions": {"appSignOn": {"access": "ALLOW", "verificationMethod": {"factorMode": "2FA"}}}});
    let admin = |id: &str, login: &str| {
        json!({"id": id, "login": login, "status": "ACTIVE", "roles": ["SUPER_ADMIN"],
            "factors": [{"factorType": "webauthn", "provider": "FIDO", "status": "ACTIVE"}]})
    };
    Managed {
        apps: Ok(json!([app()])),
        app: Ok(app()),
        app_groups: Ok(json!([{"id": "00gEveryone"}])),
        app_users: Ok(json!([])),
        secrets: Ok(
            json!([{"id": "ocs1", "status": "ACTIVE", "created": "2025-12-01T00:00:00.000Z"}]),
        ),
        access_policy: Ok(
            json!({"id": "rst1", "name": "Password-optional", "status": "ACTIVE", "rules": [catch_all]}),
        ),
        profile_policy: Ok(
            json!({"id": "rst2", "name": "Password-optional user profile policy", "rules": [register]}),
        ),
        session_policies: Ok(session()),
        enrollment_policies: Ok(enrollment()),
        password_policies: Ok(password()),
        console_policy: Ok(
            json!({"id": "rst3", "name": "Okta Admin Console", "status": "ACTIVE", "rules": [console]}),
        ),
        authenticators: Ok(authenticators()),
        admins: Ok(json!([
            admin("00uAda", "ada@example.com"),
            admin("00uOkta", "okta.service@example.com")
        ])),
        tokens: Ok(
            json!([{"id": "00T1", "name": "CI", "userId": "00uAda", "expiresAt": "2026-02-03T09:00:00.000Z",
            "network": {"connection": "ZONE"}, "owner": {"login": "ada@example.com", "status": "ACTIVE"}}]),
        ),
        origins: Ok(
            json!([{"id": "tos1", "name": "App", "origin": "https://app.example.com", "status": "ACTIVE"}]),
        ),
        server: Ok(
            json!({"id": "default", "status": "ACTIVE", "credentials": {"signing": {"rotationMode": "AUTO", "lastRotated": "2025-12-20T00:00:00.000Z"}}}),
        ),
        server_policies: Ok(
            json!([{"id": "00p9", "status": "ACTIVE", "conditions": {"clients": {"include": ["ALL_CLIENTS"]}}, "rules": [rule]}]),
        ),
        local_settings: Ok(json!({})),
    }
}
