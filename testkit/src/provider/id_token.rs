use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::keys::{self, FIRST, RsaKey, SECOND, STRANGER};
use super::{CLIENT_ID, Fault, ISSUER, SESSION, SUBJECT, SYMMETRIC_SECRET, remove};

/// What an honest ID token says.
pub(super) fn honest_claims(now: i64, nonce: &str, access_token: &str) -> Map<String, Value> {
    let hash = digest::digest(&digest::SHA256, access_token.as_bytes());
    let claims = json!({
        "iss": ISSUER,
        "sub": SUBJECT,
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 3600,
        "auth_time": now - 5,
        "nonce": nonce,
        "amr": ["pwd"],
        "acr": "urn:okta:loa:2fa:any",
        "sid": SESSION,
        "at_hash": URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16]),
        "name": "John Doe",
        "email": "john.doe@example.com",
        "preferred_username": "john.doe@example.com",
    });
    match claims {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

/// Changes the claims as the fault demands.
pub(super) fn spoil_claims(fault: Fault, claims: &mut Map<String, Value>, now: i64) {
    let (name, value) = match fault {
        Fault::InvalidIss => ("iss", json!("https://evil.example")),
        Fault::MissingIss => ("iss", Value::Null),
        Fault::MissingSub => ("sub", Value::Null),
        Fault::InvalidAud => ("aud", json!("another-client")),
        Fault::MissingAud => ("aud", Value::Null),
        Fault::InvalidSecondaryAud => ("aud", json!([CLIENT_ID, "another-client"])),
        Fault::AudAsArray => ("aud", json!([CLIENT_ID])),
        Fault::InvalidAzp => ("azp", json!("another-client")),
        Fault::MissingIat => ("iat", Value::Null),
        Fault::IatInTheFuture => ("iat", json!(now + 3600)),
        Fault::NbfInTheFuture => ("nbf", json!(now + 3600)),
        Fault::MissingExp => ("exp", Value::Null),
        Fault::ExpiredExp => ("exp", json!(now - 3600)),
        Fault::MissingNonce => ("nonce", Value::Null),
        Fault::NonceInvalid => ("nonce", json!("another-nonce")),
        Fault::InvalidAtHash => ("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA")),
        Fault::MissingAtHash => ("at_hash", Value::Null),
        Fault::OldAuthTime => ("auth_time", json!(now - 86_400)),
        Fault::LowAcr => ("acr", json!("urn:okta:loa:1fa:any")),
        Fault::LongTokens => ("padding", json!(incompressible(6_000))),
        _ => return,
    };
    if value.is_null() {
        claims.remove(name);
    } else {
        claims.insert(name.to_owned(), value);
    }
}

/// Changes the claims of a refreshed ID token as the fault demands.
pub(super) fn spoil_refreshed(fault: Fault, claims: &mut Map<String, Value>) {
    let (name, value) = match fault {
        Fault::RefreshInvalidIss => ("iss", json!("https://evil.example")),
        Fault::RefreshInvalidSub => ("sub", json!("00uSomebodyElse00001")),
        Fault::RefreshInvalidAud => ("aud", json!("another-client")),
        _ => return,
    };
    claims.insert(name.to_owned(), value);
}

/// A text that no compression makes shorter than three quarters.
pub(super) fn incompressible(length: usize) -> String {
    let mut text = String::new();
    let mut block = digest::digest(&digest::SHA256, b"padding");
    while text.len() < length {
        text.push_str(&URL_SAFE_NO_PAD.encode(block.as_ref()));
        block = digest::digest(&digest::SHA256, block.as_ref());
    }
    text
}

/// Signs a payload as the fault demands.
pub(super) fn sign(fault: Fault, payload: &[u8]) -> String {
    let key = signer(fault);
    sign_under(fault, key, &header(fault, key), payload)
}

/// Signs a payload as the fault demands, as a token of another kind.
pub(super) fn sign_as(fault: Fault, kind: Option<&str>, payload: &[u8]) -> String {
    let key = signer(fault);
    let mut header = header(fault, key);
    match kind {
        Some(kind) => header["typ"] = json!(kind),
        None => remove(&mut header, &["typ"]),
    }
    sign_under(fault, key, &header, payload)
}

fn signer(fault: Fault) -> &'static RsaKey {
    if fault == Fault::RotationJustBeforeSigning {
        &SECOND
    } else {
        &FIRST
    }
}

fn sign_under(fault: Fault, key: &RsaKey, header: &Value, payload: &[u8]) -> String {
    let message = join(header, payload);
    let signature = URL_SAFE_NO_PAD.encode(signature(fault, key, message.as_bytes()));
    if fault == Fault::PayloadChanged {
        return format!("{}.{signature}", join(header, &changed(payload)));
    }
    format!("{message}.{signature}")
}

fn header(fault: Fault, key: &RsaKey) -> Value {
    match fault {
        Fault::KidAbsentSingleJwks | Fault::KidAbsentMultipleJwks => json!({"alg": "RS256"}),
        Fault::IdTokenSigNone | Fault::NullAlg => json!({"alg": "none"}),
        Fault::InvalidSigHs256 => json!({"alg": "HS256", "kid": key.id()}),
        Fault::SymmetricKey => json!({"alg": "HS256", "kid": "symmetric"}),
        Fault::InvalidSigEs256 => json!({"alg": "ES256", "kid": "elliptic"}),
        Fault::KeyInHeader => json!({"alg": "RS256", "jwk": STRANGER.public()}),
        Fault::KeyAddressInHeader => {
            json!({"alg": "RS256", "kid": "stranger", "jku": "https://evil.example/keys"})
        }
        Fault::CriticalHeader => json!({"alg": "RS256", "kid": key.id(), "crit": ["exp"]}),
        Fault::AccessTokenType => json!({"alg": "RS256", "kid": key.id(), "typ": "at+jwt"}),
        Fault::KidIsANumber => json!({"alg": "RS256", "kid": 7}),
        Fault::UnknownKid => json!({"alg": "RS256", "kid": "stranger"}),
        _ => json!({"alg": "RS256", "kid": key.id(), "typ": "JWT"}),
    }
}

fn signature(fault: Fault, key: &RsaKey, message: &[u8]) -> Vec<u8> {
    match fault {
        Fault::IdTokenSigNone | Fault::SignatureMissing => Vec::new(),
        Fault::InvalidSigHs256 => keys::hmac_sign(key.modulus(), message),
        Fault::SymmetricKey => keys::hmac_sign(SYMMETRIC_SECRET, message),
        Fault::InvalidSigEs256 => keys::elliptic_sign(message),
        Fault::InvalidSigRs256
        | Fault::KeyInHeader
        | Fault::KeyAddressInHeader
        | Fault::UnknownKid => STRANGER.sign(message),
        _ => key.sign(message),
    }
}

pub(super) fn join(header: &Value, payload: &[u8]) -> String {
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload))
}

fn changed(payload: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(payload);
    text.replace(SUBJECT, "00uSomebodyElse00001").into_bytes()
}
