use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPairComponents, PublicKeyComponents};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secrecy::zeroize::Zeroizing;
use serde_json::{Map, Value, json};

/// RSA keys of fewer bytes than this (2048 bits) protect nothing.
const MIN_RSA_BYTES: usize = 256;

/// The private key whose public half is registered with the app: RSA of at least 2048 bits (RS256), or P-256 (ES256).
#[derive(Clone)]
pub struct ClientKey {
    pub(super) pair: Arc<Pair>,
    /// Tells the org which of the registered keys it is.
    pub(super) id: Option<String>,
}

pub(super) enum Pair {
    Rsa(RsaKeyPair),
    Elliptic(EcdsaKeyPair),
}

/// A text that is not such a key. It says nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "it must be a private key, as PEM (PKCS#8, PKCS#1 or SEC 1, not encrypted) or as JWK: RSA of at least 2048 bits, or P-256"
)]
pub struct InvalidClientKey;

impl ClientKey {
    /// Reads PEM or a JWK (RFC 7517). Line breaks may be written as `\n`, as they are in environment variables.
    pub fn parse(text: &str) -> Result<Self, InvalidClientKey> {
        let text = Zeroizing::new(text.trim().replace("\\n", "\n"));
        let (pair, id) = if text.starts_with('{') {
            from_jwk(&text)
        } else {
            from_pem(&text).map(|pair| (pair, None))
        }
        .ok_or(InvalidClientKey)?;
        if matches!(&pair, Pair::Rsa(key) if key.public_modulus_len() < MIN_RSA_BYTES) {
            return Err(InvalidClientKey);
        }
        Ok(Self {
            pair: Arc::new(pair),
            id,
        })
    }

    /// Says by what id the org knows the key, where the key itself does not.
    #[must_use]
    pub fn with_id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    /// The header of a token that it signs.
    pub(super) fn header(&self) -> Value {
        let mut header = json!({
            "alg": match *self.pair {
                Pair::Rsa(_) => "RS256",
                Pair::Elliptic(_) => "ES256",
            },
            "typ": "JWT",
        });
        if let Some(id) = &self.id {
            header["kid"] = json!(id);
        }
        header
    }

    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        match &*self.pair {
            Pair::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .ok()?;
                Some(signature)
            }
            Pair::Elliptic(key) => {
                let signature = key.sign(&random, message).ok()?;
                Some(signature.as_ref().to_vec())
            }
        }
    }
}

/// The bytes between the lines of a PEM file say themselves what they are.
fn from_pem(text: &str) -> Option<Pair> {
    let body: Zeroizing<String> = Zeroizing::new(
        text.lines()
            .map(str::trim)
            .skip_while(|line| !line.contains("PRIVATE KEY-----"))
            .skip(1)
            .take_while(|line| !line.starts_with("-----"))
            .collect(),
    );
    let der = Zeroizing::new(STANDARD.decode(body.as_bytes()).ok()?);
    let rsa = RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der));
    if let Ok(key) = rsa {
        return Some(Pair::Rsa(key));
    }
    EcdsaKeyPair::from_private_key_der(&ECDSA_P256_SHA256_FIXED_SIGNING, &der)
        .ok()
        .map(Pair::Elliptic)
}

fn from_jwk(text: &str) -> Option<(Pair, Option<String>)> {
    let key: Map<String, Value> = serde_json::from_str(text).ok()?;
    let text = |name: &str| key.get(name).and_then(Value::as_str);
    let part = |name: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(text(name)?).ok()?;
        Some(Zeroizing::new(bytes))
    };
    let pair = match (text("kty")?, text("crv")) {
        ("RSA", _) => Pair::Rsa(
            RsaKeyPair::from_components(&KeyPairComponents {
                public_key: PublicKeyComponents {
                    n: part("n")?.as_slice(),
                    e: part("e")?.as_slice(),
                },
                d: part("d")?.as_slice(),
                p: part("p")?.as_slice(),
                q: part("q")?.as_slice(),
                dP: part("dp")?.as_slice(),
                dQ: part("dq")?.as_slice(),
                qInv: part("qi")?.as_slice(),
            })
            .ok()?,
        ),
        ("EC", Some("P-256")) => {
            let point = [&[4], part("x")?.as_slice(), part("y")?.as_slice()].concat();
            let secret = part("d")?;
            let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let pair =
                EcdsaKeyPair::from_private_key_and_public_key(algorithm, &secret, &point).ok()?;
            Pair::Elliptic(pair)
        }
        _ => return None,
    };
    Some((pair, text("kid").map(str::to_owned)))
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
