use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED,
    EcdsaVerificationAlgorithm, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use crate::apps::{Jwk, key_id};

/// What an app may have signed an assertion by. Which of the two follows from its registration and never from the assertion, so
/// that nobody can sign by a public key as if it were a secret.
#[derive(Debug)]
pub(super) enum Signer {
    /// A private key, of which the org has the public half, or knows where it is published (`private_key_jwt`).
    Keys(Vec<Jwk>),
    /// Its secret (`client_secret_jwt`).
    Secrets(Vec<SecretString>),
}

/// What a signature stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignedMessage<'a> {
    pub(super) alg: &'a str,
    /// The key that it names.
    pub(super) kid: Option<&'a str>,
    pub(super) message: &'a [u8],
    pub(super) signature: &'a [u8],
}

impl Signer {
    /// Whether the signature is right: by the key that it names or, when it names none, by any.
    pub(super) fn has_signed(&self, signed: SignedMessage<'_>) -> bool {
        match self {
            Self::Keys(keys) => keys
                .iter()
                .filter(|key| signed.kid.is_none() || signed.kid == key_id(key))
                .any(|key| is_signed_by_key(signed, key)),
            Self::Secrets(secrets) => mac(signed.alg).is_some_and(|algorithm| {
                secrets
                    .iter()
                    .any(|secret| is_signed_by_secret(signed, algorithm, secret))
            }),
        }
    }
}

fn is_signed_by_secret(
    signed: SignedMessage<'_>,
    algorithm: hmac::Algorithm,
    secret: &SecretString,
) -> bool {
    let key = hmac::Key::new(algorithm, secret.expose_secret().as_bytes());
    hmac::verify(&key, signed.message, signed.signature).is_ok()
}

fn is_signed_by_key(signed: SignedMessage<'_>, jwk: &Jwk) -> bool {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str).unwrap_or_default();
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)).unwrap_or_default();
    let SignedMessage {
        alg,
        message,
        signature,
        ..
    } = signed;
    if !text("alg").is_empty() && text("alg") != alg {
        return false;
    }
    if text("kty") == "RSA" {
        let (n, e) = (bytes("n"), bytes("e"));
        let key = RsaPublicKeyComponents { n, e };
        return rsa(alg)
            .is_some_and(|parameters| key.verify(parameters, message, signature).is_ok());
    }
    let point = [vec![4], bytes("x"), bytes("y")].concat();
    ecdsa(alg, text("crv")).is_some_and(|algorithm| {
        UnparsedPublicKey::new(algorithm, point)
            .verify(message, signature)
            .is_ok()
    })
}

fn mac(alg: &str) -> Option<hmac::Algorithm> {
    Some(match alg {
        "HS256" => hmac::HMAC_SHA256,
        "HS384" => hmac::HMAC_SHA384,
        "HS512" => hmac::HMAC_SHA512,
        _ => return None,
    })
}

fn rsa(alg: &str) -> Option<&'static RsaParameters> {
    Some(match alg {
        "RS256" => &RSA_PKCS1_2048_8192_SHA256,
        "RS384" => &RSA_PKCS1_2048_8192_SHA384,
        "RS512" => &RSA_PKCS1_2048_8192_SHA512,
        _ => return None,
    })
}

fn ecdsa(alg: &str, curve: &str) -> Option<&'static EcdsaVerificationAlgorithm> {
    Some(match (alg, curve) {
        ("ES256", "P-256") => &ECDSA_P256_SHA256_FIXED,
        ("ES384", "P-384") => &ECDSA_P384_SHA384_FIXED,
        ("ES512", "P-521") => &ECDSA_P521_SHA512_FIXED,
        _ => return None,
    })
}
