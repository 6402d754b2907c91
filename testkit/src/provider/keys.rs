use std::sync::LazyLock;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Bytes before the modulus in the DER of a public key with 2048 bits and the exponent 65537.
const MODULUS_START: usize = 9;
const MODULUS_LEN: usize = 256;

/// An RSA key of 2048 bits.
pub(super) struct RsaKey {
    id: &'static str,
    pair: RsaKeyPair,
}

/// The keys that all providers of a test run share: making one takes a tenth of a second.
pub(super) static FIRST: LazyLock<RsaKey> = LazyLock::new(|| RsaKey::generate("first"));
pub(super) static SECOND: LazyLock<RsaKey> = LazyLock::new(|| RsaKey::generate("second"));
/// A key that is in no set.
pub(super) static STRANGER: LazyLock<RsaKey> = LazyLock::new(|| RsaKey::generate("stranger"));
static ELLIPTIC: LazyLock<EcdsaKeyPair> =
    LazyLock::new(|| EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a new key"));

impl RsaKey {
    fn generate(id: &'static str) -> Self {
        Self {
            id,
            pair: RsaKeyPair::generate(KeySize::Rsa2048).expect("a new key"),
        }
    }

    pub(super) fn id(&self) -> &'static str {
        self.id
    }

    /// The key as a key set shows it.
    pub(super) fn public(&self) -> Value {
        json!({
            "kty": "RSA",
            "alg": "RS256",
            "use": "sig",
            "kid": self.id,
            "n": URL_SAFE_NO_PAD.encode(self.modulus()),
            "e": "AQAB",
        })
    }

    /// The key with one member changed, or taken away by `null`.
    pub(super) fn public_with(&self, name: &str, value: Value) -> Value {
        let mut key = self.public();
        match value {
            Value::Null => {
                key.as_object_mut().expect("an object").remove(name);
            }
            value => key[name] = value,
        }
        key
    }

    pub(super) fn modulus(&self) -> &[u8] {
        let der = self.pair.public_key().as_ref();
        &der[MODULUS_START..MODULUS_START + MODULUS_LEN]
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .expect("a signature");
        signature
    }
}

/// The elliptic key as a key set shows it.
pub(super) fn elliptic_public() -> Value {
    let point = ELLIPTIC.public_key().as_ref();
    json!({
        "kty": "EC",
        "crv": "P-256",
        "use": "sig",
        "kid": "elliptic",
        "x": URL_SAFE_NO_PAD.encode(&point[1..33]),
        "y": URL_SAFE_NO_PAD.encode(&point[33..]),
    })
}

pub(super) fn elliptic_sign(message: &[u8]) -> Vec<u8> {
    let signature = ELLIPTIC.sign(&SystemRandom::new(), message);
    signature.expect("a signature").as_ref().to_vec()
}

pub(super) fn hmac_sign(secret: &[u8], message: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    hmac::sign(&key, message).as_ref().to_vec()
}
