use serde_json::{Value, json};

use super::healthy::reply;
use super::{Damage, real};
use crate::Severity::{Error, Note, Warning};
use crate::{Facts, Known, Reply, Skip};

fn body(fact: &mut Known<Reply>) -> &mut Value {
    &mut fact.as_mut().expect("an answer").body
}

/// Both forms of the metadata say it, so that they agree.
fn metadata(facts: &mut Facts, name: &str, value: Value) {
    body(&mut facts.org.oauth)[name] = value.clone();
    body(&mut facts.org.openid)[name] = value;
}

fn key(facts: &mut Facts) -> &mut Value {
    &mut body(&mut facts.org.keys)["keys"][0]
}

fn skew(facts: &mut Facts, seconds: i64) {
    facts.org.openid.as_mut().expect("an answer").skew = Some(seconds);
}

fn from_foreign_page(headers: &[(&str, &str)]) -> Reply {
    reply(200, headers, Value::Null)
}

const ANYBODY: (&str, &str) = ("access-control-allow-origin", "*");
const ATTACKER: (&str, &str) = ("access-control-allow-origin", "https://attacker.example");
const WITH_COOKIES: (&str, &str) = ("access-control-allow-credentials", "true");

pub(super) const DAMAGES: &[Damage] = &[
    real("ORG-ISSUER-HTTPS", Error, |facts| {
        facts.issuer = "http://example.okta.com/oauth2/default".to_owned();
        facts.place.origin = "http://example.okta.com".to_owned();
        facts.settings.issuer = Some(facts.issuer.clone());
        let issuer = json!(facts.issuer);
        metadata(facts, "issuer", issuer);
    }),
    real("ORG-ISSUER-EXACT", Error, |facts| {
        metadata(
            facts,
            "issuer",
            json!("https://example.okta.com/oauth2/default/"),
        );
    }),
    real("ORG-CLOCK", Error, |facts| skew(facts, -61)),
    real("ORG-CLOCK", Warning, |facts| skew(facts, 11)),
    real("ORG-ENGINE", Warning, |facts| {
        body(&mut facts.org.organization)["pipeline"] = json!("v1");
    }),
    real("ORG-ENDPOINTS-HTTPS", Error, |facts| {
        metadata(
            facts,
            "token_endpoint",
            json!("http://example.okta.com/token"),
        );
    }),
    real("ORG-ENDPOINTS-ORIGIN", Warning, |facts| {
        metadata(
            facts,
            "token_endpoint",
            json!("https://attacker.example/token"),
        );
    }),
    real("ORG-METADATA-AGREES", Error, |facts| {
        body(&mut facts.org.oauth)["token_endpoint"] = json!("https://attacker.example/token");
    }),
    real("ORG-PKCE-S256", Error, |facts| {
        metadata(facts, "code_challenge_methods_supported", json!([]));
    }),
    real("ORG-PKCE-S256", Warning, |facts| {
        metadata(
            facts,
            "code_challenge_methods_supported",
            json!(["S256", "plain"]),
        );
    }),
    real("ORG-CODE-FLOW", Error, |facts| {
        metadata(facts, "response_types_supported", json!(["token"]));
    }),
    real("ORG-OLD-GRANTS", Note, |facts| {
        metadata(
            facts,
            "grant_types_supported",
            json!(["authorization_code", "password"]),
        );
    }),
    real("ORG-OLD-GRANTS", Warning, |facts| {
        facts.org.organization = Err(Skip::NotChecked("no Okta org".to_owned()));
        metadata(
            facts,
            "grant_types_supported",
            json!(["authorization_code", "implicit"]),
        );
    }),
    real("ORG-ISS-PARAMETER", Note, |facts| {
        metadata(
            facts,
            "authorization_response_iss_parameter_supported",
            json!(false),
        );
    }),
    real("ORG-CLIENT-AUTH", Error, |facts| {
        metadata(
            facts,
            "token_endpoint_auth_methods_supported",
            json!(["private_key_jwt"]),
        );
    }),
    real("ORG-SIGNING-ALG", Error, |facts| {
        metadata(
            facts,
            "id_token_signing_alg_values_supported",
            json!(["ES256"]),
        );
    }),
    real("ORG-SIGNING-ALG", Error, |facts| {
        metadata(
            facts,
            "id_token_signing_alg_values_supported",
            json!(["RS256", "none"]),
        );
    }),
    real("ORG-SIGNING-ALG", Warning, |facts| {
        metadata(
            facts,
            "id_token_signing_alg_values_supported",
            json!(["RS256", "HS256"]),
        );
    }),
    real("ORG-KEYS-PUBLIC", Error, |facts| {
        key(facts)["d"] = json!("AQAB");
    }),
    real("ORG-KEYS-PUBLIC", Error, |facts| {
        key(facts)["kty"] = json!("oct");
    }),
    real("ORG-KEYS-SIZE", Error, |facts| {
        key(facts)["n"] = json!(format!("v{}", "A".repeat(170)));
    }),
    real("ORG-KEYS-NAMES", Warning, |facts| {
        key(facts)["kid"] = json!("two");
    }),
    real("ORG-KEYS-NAMES", Warning, |facts| {
        body(&mut facts.org.keys)["keys"] = json!([]);
    }),
    real("ORG-CORS-TOKEN", Warning, |facts| {
        facts.org.token_from_foreign_page = Ok(from_foreign_page(&[ANYBODY]));
    }),
    real("ORG-CORS-TOKEN", Error, |facts| {
        facts.org.token_from_foreign_page = Ok(from_foreign_page(&[ATTACKER, WITH_COOKIES]));
    }),
    real("ORG-CORS-AUTHORIZE", Error, |facts| {
        facts.org.authorize_from_foreign_page = Ok(from_foreign_page(&[ANYBODY]));
    }),
    real("ORG-HSTS", Note, |facts| {
        let reply = facts.org.openid.as_mut().expect("an answer");
        reply.headers.remove("strict-transport-security");
    }),
    real("SIGN-IN-REQUEST", Error, |facts| {
        let reply = facts.sign_in.login.as_mut().expect("an answer");
        let location = reply
            .header("location")
            .expect("a location")
            .replace("S256", "plain");
        reply
            .headers
            .insert("location", location.parse().expect("a header"));
    }),
    real("SIGN-IN-PAGE", Error, |facts| {
        let summary =
            json!({"errorSummary": "The 'redirect_uri' parameter must be a Login redirect URI."});
        facts.sign_in.asked = Ok(reply(400, &[], summary));
    }),
    real("SIGN-IN-EXACT", Error, |facts| {
        facts.sign_in.longer_redirect_uri = Ok(reply(302, &[("location", "/signin")], Value::Null));
    }),
    real("SIGN-IN-PKCE", Warning, |facts| {
        facts.sign_in.without_pkce = Ok(reply(302, &[("location", "/signin")], Value::Null));
    }),
];
