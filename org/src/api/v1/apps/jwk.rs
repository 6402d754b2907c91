//! The public keys of a request.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::api::ApiError;
use crate::apps::NewKey;
use crate::policy::Status;

/// Members of the private half (RFC 7518 §6). They are never taken: who sends one has told the key to everybody on the way.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// The members that are kept.
const KEPT: [&str; 9] = ["kty", "kid", "use", "alg", "n", "e", "crv", "x", "y"];

/// Below 2048 bits an RSA key counts as broken (NIST SP 800-131A).
const SHORTEST_MODULUS: usize = 256;
const LONGEST_MODULUS: usize = 1024;

/// The curves and the lengths of their coordinates in bytes.
const CURVES: [(&str, usize); 3] = [("P-256", 32), ("P-384", 48), ("P-521", 66)];

/// How many keys an app may have.
pub(super) const MOST: usize = 50;

/// Checks the keys of a request as a whole.
pub(super) fn check_all(keys: Vec<Map<String, Value>>) -> Result<Vec<NewKey>, ApiError> {
    if keys.len() > MOST {
        return Err(invalid("There are more than 50 keys"));
    }
    let keys: Vec<NewKey> = keys.into_iter().map(check).collect::<Result<_, _>>()?;
    let mut kids: Vec<Option<&str>> = keys.iter().map(NewKey::kid).collect();
    kids.sort_unstable();
    if kids.len() > 1 && kids.contains(&None) {
        return Err(invalid("Each of several keys needs a 'kid'"));
    }
    if kids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(invalid("Two keys have the same 'kid'"));
    }
    Ok(keys)
}

/// Checks one key and takes what belongs to it.
pub(super) fn check(given: Map<String, Value>) -> Result<NewKey, ApiError> {
    if PRIVATE.iter().any(|name| given.contains_key(*name)) {
        return Err(invalid(
            "A private or secret key is not for the org: send the public half",
        ));
    }
    let status = match given.get("status").and_then(Value::as_str) {
        None | Some("ACTIVE") => Status::Active,
        Some("INACTIVE") => Status::Inactive,
        Some(_) => return Err(invalid("'status' is ACTIVE or INACTIVE")),
    };
    let mut jwk = kept(&given)?;
    let is_known = match text(&jwk, "kty") {
        "RSA" => is_rsa(&jwk),
        "EC" => is_ec(&jwk),
        _ => return Err(invalid("'kty' is RSA or EC")),
    };
    if !is_known {
        return Err(invalid(
            "The numbers of the key are not those of an RSA key of at least 2048 bits, or of a point on P-256, P-384 or P-521",
        ));
    }
    match text(&jwk, "use") {
        "" | "sig" => {
            jwk.insert("use".to_owned(), "sig".into());
        }
        "enc" => {
            return Err(invalid(
                "Encryption of ID tokens is not built: 'use' is sig",
            ));
        }
        _ => return Err(invalid("'use' is sig")),
    }
    if text(&jwk, "kid").chars().count() > 255 {
        return Err(invalid("'kid' is longer than 255 characters"));
    }
    Ok(NewKey { jwk, status })
}

/// What belongs to a key.
fn kept(given: &Map<String, Value>) -> Result<Map<String, Value>, ApiError> {
    let mut jwk = Map::new();
    for name in KEPT {
        match given.get(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.len() <= 4096 => {
                jwk.insert(name.to_owned(), Value::String(text.clone()));
            }
            Some(_) => return Err(invalid(&format!("'{name}' is not a text of usual length"))),
        }
    }
    Ok(jwk)
}

fn is_rsa(jwk: &Map<String, Value>) -> bool {
    let modulus = bytes(jwk, "n").unwrap_or_default();
    let exponent = bytes(jwk, "e").unwrap_or_default();
    let is_odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
    modulus.first().is_some_and(|first| *first >= 0x80)
        && (SHORTEST_MODULUS..=LONGEST_MODULUS).contains(&modulus.len())
        && is_odd(&modulus)
        && exponent.len() <= 8
        && is_odd(&exponent)
        && exponent != [1]
}

fn is_ec(jwk: &Map<String, Value>) -> bool {
    let Some((_, length)) = CURVES.iter().find(|(name, _)| *name == text(jwk, "crv")) else {
        return false;
    };
    ["x", "y"]
        .iter()
        .all(|name| bytes(jwk, name).is_some_and(|bytes| bytes.len() == *length))
}

fn text<'a>(jwk: &'a Map<String, Value>, name: &str) -> &'a str {
    jwk.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn bytes(jwk: &Map<String, Value>, name: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text(jwk, name)).ok()
}

fn invalid(message: &str) -> ApiError {
    ApiError::invalid("jwks", message)
}
