//! The keys that sign ID tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::{has, items, text};
use crate::{Facts, Skip};

/// NIST SP 800-57 and RFC 7518 §3.3.
const LEAST_RSA_BITS: usize = 2048;
/// The members of a JWK that only its owner may know.
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "ORG-SIGNING-ALG",
        area: Area::Org,
        promise: "ID tokens are signed by RS256, never by \"none\" and never by a shared secret.",
        worst: Severity::Error,
        source: "OpenID Connect Core 1.0 §15.1, RFC 8725 §3.2",
        judge: algorithm,
    },
    Check {
        id: "ORG-KEYS-PUBLIC",
        area: Area::Org,
        promise: "The published keys are public ones.",
        worst: Severity::Error,
        source: "RFC 7517 §9.2",
        judge: public,
    },
    Check {
        id: "ORG-KEYS-SIZE",
        area: Area::Org,
        promise: "Every RSA key has at least 2048 bits.",
        worst: Severity::Error,
        source: "RFC 7518 §3.3",
        judge: size,
    },
    Check {
        id: "ORG-KEYS-NAMES",
        area: Area::Org,
        promise: "Every key has a name of its own, so that keys can change while people sign in.",
        worst: Severity::Warning,
        source: "OpenID Connect Core 1.0 §10.1.1",
        judge: names,
    },
];

fn keys(facts: &Facts) -> Result<&[Value], Skip> {
    known(&facts.org.keys).map(|reply| items(&reply.body["keys"]))
}

fn name(key: &Value) -> &str {
    key["kid"].as_str().unwrap_or("without a name")
}

fn algorithm(facts: &Facts) -> Verdict {
    let algorithms = &facts.metadata()?["id_token_signing_alg_values_supported"];
    let remedy = "Use an issuer that signs by RS256 alone; every Okta org does.";
    let mut flaws = Vec::new();
    if !has(algorithms, "RS256") {
        let cause = format!("ID tokens are signed by {algorithms}, and the app takes RS256 alone");
        flaws.push(Flaw::error(cause, remedy));
    }
    if has(algorithms, "none") {
        let cause = "the org offers ID tokens without a signature (\"none\")";
        flaws.push(Flaw::error(cause, remedy));
    }
    if ["HS256", "HS384", "HS512"]
        .iter()
        .any(|shared| has(algorithms, shared))
    {
        let cause = format!("ID tokens may be signed by a shared secret: {algorithms}");
        flaws.push(Flaw::warning(cause, remedy));
    }
    Ok(flaws)
}

fn public(facts: &Facts) -> Verdict {
    let leaked = keys(facts)?.iter().filter(|key| {
        key["kty"] == "oct" || PRIVATE.iter().any(|member| key.get(*member).is_some())
    });
    let flaw = |key: &Value| {
        Flaw::error(
            format!("the key {} is published with its secret part", name(key)),
            facts.place.fix(
                "Security > API > your authorization server > Settings > Signing Key Rotation",
                "POST /api/v1/authorizationServers/default/credentials/lifecycle/keyRotate",
                "rotate the key at once",
            ),
        )
    };
    Ok(leaked.map(flaw).collect())
}

fn size(facts: &Facts) -> Verdict {
    let bits = |key: &Value| {
        let modulus = URL_SAFE_NO_PAD.decode(text(&key["n"])).unwrap_or_default();
        let modulus: Vec<u8> = modulus.into_iter().skip_while(|byte| *byte == 0).collect();
        modulus.len() * 8
            - modulus
                .first()
                .map_or(0, |byte| byte.leading_zeros() as usize)
    };
    let rsa = keys(facts)?.iter().filter(|key| key["kty"] == "RSA");
    let small = rsa.filter(|key| bits(key) < LEAST_RSA_BITS);
    let flaw = |key: &Value| {
        Flaw::error(
            format!(
                "the key {} has {} bits; the app refuses what it signs",
                name(key),
                bits(key)
            ),
            facts.place.fix(
                "Security > API > your authorization server > Settings > Signing Key Rotation",
                "POST /api/v1/authorizationServers/default/credentials/lifecycle/keyRotate",
                "rotate to a key of at least 2048 bits",
            ),
        )
    };
    Ok(small.map(flaw).collect())
}

fn names(facts: &Facts) -> Verdict {
    let keys = keys(facts)?;
    if keys.is_empty() {
        return when(true, || {
            Flaw::of(
                Severity::Warning,
                "the org publishes no key, so no ID token can be checked",
                "Open the jwks_uri of the metadata in a browser and wait for the org to publish a key.",
            )
        });
    }
    let mut known: Vec<&str> = keys.iter().map(|key| text(&key["kid"])).collect();
    known.sort_unstable();
    let is_ambiguous = known.windows(2).any(|pair| pair[0] == pair[1]) || known.contains(&"");
    when(is_ambiguous, || {
        Flaw::warning(
            format!("the keys are named {known:?}: two names are the same, or one is missing"),
            "Rotate the keys so that each has a `kid` of its own.",
        )
    })
}
