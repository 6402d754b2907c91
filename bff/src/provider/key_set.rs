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
    id: Option<String>,
    key: DecodingKey,
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
        let is_only = self.0.len() == 1;
        self.0
            .iter()
            .filter(move |key| match id {
                Some(id) => key.id.as_deref() == Some(id),
                None => is_only,
            })
            .map(|key| &key.key)
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
        if !is_for_signatures || !has_safe_size(&self.n, &self.e) {
            return None;
        }
        Some(VerifyingKey {
            id: self.kid,
            key: DecodingKey::from_rsa_components(&self.n, &self.e).ok()?,
        })
    }
}

/// Whether the modulus has 2048 to 8192 bits and the exponent is odd and above one.
fn has_safe_size(modulus: &str, exponent: &str) -> bool {
    let (Ok(modulus), Ok(exponent)) = (
        URL_SAFE_NO_PAD.decode(modulus),
        URL_SAFE_NO_PAD.decode(exponent),
    ) else {
        return false;
    };
    let leading_zeros = modulus
        .first()
        .map_or(0, |byte| byte.leading_zeros() as usize);
    let bits = (modulus.len() * 8).saturating_sub(leading_zeros);
    let is_odd = exponent.last().is_some_and(|byte| byte % 2 == 1);
    (2048..=8192).contains(&bits) && is_odd && exponent != [1]
}
