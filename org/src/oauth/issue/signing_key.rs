use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{self, KeyPair as _, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::SigningFailed;

/// A stored key is not an RSA private key.
#[derive(Debug, thiserror::Error)]
#[error("a signing key of the database is not a usable RSA key")]
pub(crate) struct BrokenKey;

/// An RSA key, parsed once and kept.
#[derive(Debug)]
pub(crate) struct SigningKey {
    kid: String,
    modulus: String,
    exponent: String,
    pair: KeyPair,
}

impl SigningKey {
    pub(crate) fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, BrokenKey> {
        let pair = KeyPair::from_pkcs8(pkcs8).map_err(|_| BrokenKey)?;
        let public = pair.public_key();
        let modulus = encode(public.modulus().big_endian_without_leading_zero());
        let exponent = encode(public.exponent().big_endian_without_leading_zero());
        Ok(Self {
            kid: thumbprint(&exponent, &modulus),
            modulus,
            exponent,
            pair,
        })
    }

    /// The id under which the key is published.
    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// The public members and no others.
    pub(crate) fn public_jwk(&self) -> Value {
        json!({
            "kty": "RSA",
            "alg": "RS256",
            "kid": self.kid,
            "use": "sig",
            "e": self.exponent,
            "n": self.modulus,
        })
    }

    /// RS256: RSASSA-PKCS1-v1_5 with SHA-256.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningFailed> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &signature::RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| SigningFailed)?;
        Ok(signature)
    }

    /// Whether this key made the signature.
    pub(crate) fn is_signature(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(
            &signature::RSA_PKCS1_2048_8192_SHA256,
            self.pair.public_key().as_ref(),
        )
        .verify(message, signature)
        .is_ok()
    }
}

/// The thumbprint of RFC 7638: the same key has the same id everywhere.
fn thumbprint(exponent: &str, modulus: &str) -> String {
    let members = format!(r#"{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}"#);
    encode(digest(&SHA256, members.as_bytes()).as_ref())
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
