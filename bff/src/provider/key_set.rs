use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use serde_json::Value;

/// The most bytes of a `kid` that are looked at.
pub(crate) const MAX_KEY_ID: usize = 256;

/// The most keys of a set that are looked at.
const MAX_KEYS: usize = 64;

/// The keys of the org that may verify an ID token: RSA of 2048 to 8192 bits, for RS256 signatures.
///
/// Every other key of the set is left out: symmetric keys, keys for encryption or for other algorithms.
#[derive(Debug)]
pub(crate) struct KeySet(Vec<VerifyingKey>);

#[derive(Debug)]
struct VerifyingKey {
    described: PublicKey,
    key: DecodingKey,
}

/// A public key of the org, as people compare it with what the org shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// The `kid` that tokens name it by.
    pub id: Option<String>,
    /// The size of its modulus.
    pub bits: usize,
    /// The JWK thumbprint with SHA-256 (RFC 7638), base64url.
    pub thumbprint: String,
}

/// A JSON Web Key (RFC 7517), as far as it decides whether the key may be used.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(rename = "use")]
    intended_use: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    kid: Option<String>,
    n: String,
    e: String,
}

impl KeySet {
    /// Reads a JWK Set (RFC 7517 §5). `None` if it is not one; a key that cannot be read is left out.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        let set: Value = serde_json::from_slice(body).ok()?;
        let keys = set.get("keys")?.as_array()?;
        let usable = keys
            .iter()
            .take(MAX_KEYS)
            .filter_map(|key| Jwk::deserialize(key).ok()?.usable());
        Some(Self(usable.collect()))
    }

    /// The keys to try for a token with this `kid`. A token without one is accepted only if there is no choice.
    pub(crate) fn candidates(&self, id: Option<&str>) -> impl Iterator<Item = &DecodingKey> {
        self.named(id).map(|key| &key.key)
    }

    /// What there is to say of the key with this `kid`, if there is only one.
    pub(crate) fn describe(&self, id: Option<&str>) -> Option<&PublicKey> {
        let mut keys = self.named(id).map(|key| &key.described);
        let key = keys.next()?;
        keys.next().is_none().then_some(key)
    }

    fn named(&self, id: Option<&str>) -> impl Iterator<Item = &VerifyingKey> {
        let is_only = self.0.len() == 1;
        self.0.iter().filter(move |key| match id {
            Some(id) => key.described.id.as_deref() == Some(id),
            None => is_only,
        })
    }
}

impl Jwk {
    fn usable(self) -> Option<VerifyingKey> {
        let is_for_signatures = self.kty == "RSA"
            && self.intended_use.is_none_or(|intended| intended == "sig")
            && self
                .key_ops
                .is_none_or(|operations| operations.iter().any(|name| name == "verify"))
            && self.alg.is_none_or(|name| name == "RS256")
            && self.kid.as_ref().is_none_or(|id| id.len() <= MAX_KEY_ID);
        if !is_for_signatures {
            return None;
        }
        let described = PublicKey {
            id: self.kid,
            bits: safe_size(&self.n, &self.e)?,
            thumbprint: thumbprint(&self.n, &self.e),
        };
        Some(VerifyingKey {
            described,
            key: DecodingKey::from_rsa_components(&self.n, &self.e).ok()?,
        })
    }
}

/// The bits of the modulus, if these are 2048 to 8192 and the exponent is odd and above one.
fn safe_size(modulus: &str, exponent: &str) -> Option<usize> {
    let modulus = URL_SAFE_NO_PAD.decode(modulus).ok()?;
    let exponent = URL_SAFE_NO_PAD.decode(exponent).ok()?;
    let leading_zeros = modulus
        .first()
        .map_or(0, |byte| byte.leading_zeros() as usize);
    let bits = (modulus.len() * 8).saturating_sub(leading_zeros);
    let is_odd = exponent.last().is_some_and(|byte| byte % 2 == 1);
    ((2048..=8192).contains(&bits) && is_odd && exponent != [1]).then_some(bits)
}

/// The required members in the order of their names, without white space (RFC 7638 §3). Both are base64url, so that
/// nothing needs escaping.
fn thumbprint(modulus: &str, exponent: &str) -> String {
    let members = format!(r#"{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}"#);
    let digest = digest::digest(&digest::SHA256, members.as_bytes());
    URL_SAFE_NO_PAD.encode(digest.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7638 §3.1.
    const EXAMPLE: &str = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    #[test]
    fn a_key_has_the_thumbprint_that_the_specification_computes() {
        assert_eq!(
            thumbprint(EXAMPLE, "AQAB"),
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
        );
        assert_eq!(safe_size(EXAMPLE, "AQAB"), Some(2048));
    }
}
