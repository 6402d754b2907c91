use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Validation};
use model::SignInErrorCode;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::provider::{KeySet, MAX_KEY_ID, Metadata, Provider};

/// A JSON object in which no name occurs twice: with two `sub`, two readers could see two persons.
#[derive(Debug)]
pub(super) struct Payload(pub(super) Map<String, Value>);

/// The signature alone: which claims there must be, and what they must say, is decided on what was signed.
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation
}

/// Checks the signature with the org's keys, asking for newer keys once if none fits, and gives the payload.
pub(super) async fn verify(
    provider: &Provider,
    metadata: &Metadata,
    token: &str,
) -> Result<Map<String, Value>, Fault> {
    let key_id = read_header(token)?;
    let keys = provider.keys(metadata).await?;
    if let Some(outcome) = try_keys(&keys, key_id.as_deref(), token) {
        return outcome;
    }
    let newer = provider.newer_keys(metadata, &keys).await?;
    newer
        .and_then(|keys| try_keys(&keys, key_id.as_deref(), token))
        .unwrap_or_else(|| Err(unsigned("no key of the org fits the ID token")))
}

/// `None`: no key fits, and the org may have a newer one.
fn try_keys(
    keys: &KeySet,
    key_id: Option<&str>,
    token: &str,
) -> Option<Result<Map<String, Value>, Fault>> {
    let mut outcome = None;
    for key in keys.candidates(key_id) {
        match jsonwebtoken::decode::<Payload>(token, key, &signature_only()) {
            Ok(decoded) => return Some(Ok(decoded.claims.0)),
            Err(error) => outcome = Some(Err(from_library(error.kind()))),
        }
    }
    // Without a `kid` the one key may have been replaced under the same address.
    outcome.filter(|_| key_id.is_some())
}

/// Reads the header (RFC 7515 §4): only RS256, no critical extension, and not another kind of token. Keys that the
/// header brings along or points at (`jwk`, `jku`, `x5c`, `x5u`) are not looked at. Returns the `kid`.
fn read_header(token: &str) -> Result<Option<String>, Fault> {
    let header = token.split('.').next().unwrap_or_default();
    let header = URL_SAFE_NO_PAD
        .decode(header)
        .ok()
        .and_then(|header| serde_json::from_slice::<Payload>(&header).ok())
        .ok_or_else(|| malformed("the ID token has no readable header"))?
        .0;
    if header.get("alg").and_then(Value::as_str) != Some("RS256") {
        return Err(unsigned("`alg` of the ID token is not RS256"));
    }
    if header.contains_key("crit") {
        return Err(unsigned("the ID token demands an unknown extension"));
    }
    match header.get("typ") {
        None => {}
        Some(Value::String(kind)) if kind.eq_ignore_ascii_case("JWT") => {}
        Some(_) => return Err(malformed("`typ` says that this is not an ID token")),
    }
    match header.get("kid") {
        None => Ok(None),
        Some(Value::String(id)) if id.len() <= MAX_KEY_ID => Ok(Some(id.clone())),
        Some(_) => Err(unsigned("`kid` of the ID token is not a short text")),
    }
}

fn from_library(error: &ErrorKind) -> Fault {
    match error {
        ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm | ErrorKind::Provider(_) => {
            unsigned("the signature of the ID token is wrong")
        }
        _ => malformed("the ID token is not a JWT"),
    }
}

fn unsigned(detail: &'static str) -> Fault {
    Fault::new(SignInErrorCode::IdTokenSignature, detail)
}

fn malformed(detail: &'static str) -> Fault {
    Fault::new(SignInErrorCode::IdTokenMalformed, detail)
}

impl<'de> Deserialize<'de> for Payload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct UniqueNames;

        impl<'de> Visitor<'de> for UniqueNames {
            type Value = Payload;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Payload, A::Error> {
                let mut map = Map::new();
                while let Some((name, value)) = entries.next_entry::<String, Value>()? {
                    if map.insert(name, value).is_some() {
                        return Err(A::Error::custom("a name occurs twice"));
                    }
                }
                Ok(Payload(map))
            }
        }

        deserializer.deserialize_map(UniqueNames)
    }
}
