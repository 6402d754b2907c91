//! Assertions by which an app shows that it is itself (RFC 7523 §3): signed by a key of which the org has the public half.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED,
    EcdsaVerificationAlgorithm, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::apps::KeyRecord;
use crate::policy::Status;
use crate::store::Digest;

/// The one kind that there is.
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How far ahead its end may be, in seconds.
const LONGEST: i64 = 3600;
/// How far clocks may be apart, in seconds.
const LEEWAY: i64 = 60;
const LONGEST_JTI: usize = 255;

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    #[serde(default)]
    crit: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Value,
    exp: i64,
    iat: Option<i64>,
    nbf: Option<i64>,
    jti: Option<String>,
}

/// An assertion that was read, and not believed yet.
#[derive(Debug)]
pub(super) struct Assertion {
    header: Header,
    claims: Claims,
    message: Vec<u8>,
    signature: Vec<u8>,
}

/// An assertion that is right, to be remembered so that it counts once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proven {
    pub(super) jti: Digest,
    pub(super) expires_at: Timestamp,
}

impl Assertion {
    /// Reads the compact form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (message, signature) = text.rsplit_once('.')?;
        let (header, claims) = message.split_once('.')?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        Some(Self {
            header: serde_json::from_slice(&decode(header)?).ok()?,
            claims: serde_json::from_slice(&decode(claims)?).ok()?,
            message: message.as_bytes().to_vec(),
            signature: decode(signature)?,
        })
    }

    /// The app that it says it is of.
    pub(super) fn client_id(&self) -> &str {
        &self.claims.sub
    }

    /// Believes it, or says why not. `audiences`: what it may be addressed to.
    pub(super) fn check(
        &self,
        client_id: &str,
        keys: &[KeyRecord],
        audiences: &[String],
        now: Timestamp,
    ) -> Result<Proven, &'static str> {
        let claims = &self.claims;
        if !self.is_signed_by_one_of(keys) {
            return Err("The client_assertion signature is invalid.");
        }
        if claims.iss != client_id || claims.sub != client_id {
            return Err("The issuer and subject claim for client_assertion is invalid.");
        }
        // One address: with several, whoever of them gets it could show it to the others.
        let is_for_us = claims
            .aud
            .as_str()
            .is_some_and(|aud| audiences.iter().any(|known| known == aud));
        if !is_for_us {
            return Err(
                "The audience claim for client_assertion must be the endpoint invoked for the request.",
            );
        }
        let second = now.as_second();
        if claims.exp <= second {
            return Err("The client_assertion token is expired.");
        }
        if claims.exp > second + LONGEST {
            return Err("The client_assertion token has an expiration too far into the future.");
        }
        let is_early = |moment: Option<i64>| moment.is_some_and(|moment| moment > second + LEEWAY);
        if is_early(claims.iat) || is_early(claims.nbf) {
            return Err("The client_assertion token is not valid yet.");
        }
        let jti = claims.jti.as_deref().unwrap_or_default();
        if jti.is_empty() || jti.len() > LONGEST_JTI {
            return Err("The client_assertion token must have a unique 'jti' claim.");
        }
        Ok(Proven {
            jti: Digest::of(jti),
            expires_at: Timestamp::from_second(claims.exp).unwrap_or(now),
        })
    }

    /// By the key that it names or, when it names none, by any. A header that must be understood is not.
    fn is_signed_by_one_of(&self, keys: &[KeyRecord]) -> bool {
        self.header.crit.is_none()
            && keys
                .iter()
                .filter(|key| key.status == Status::Active)
                .filter(|key| self.header.kid.is_none() || self.header.kid.as_deref() == key.kid())
                .any(|key| self.is_signed_by(&key.jwk))
    }

    fn is_signed_by(&self, jwk: &Map<String, Value>) -> bool {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str).unwrap_or_default();
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)).unwrap_or_default();
        let alg = self.header.alg.as_str();
        if !text("alg").is_empty() && text("alg") != alg {
            return false;
        }
        if text("kty") == "RSA" {
            let (n, e) = (bytes("n"), bytes("e"));
            let key = RsaPublicKeyComponents { n, e };
            return rsa(alg).is_some_and(|parameters| {
                key.verify(parameters, &self.message, &self.signature)
                    .is_ok()
            });
        }
        let point = [vec![4], bytes("x"), bytes("y")].concat();
        ecdsa(alg, text("crv")).is_some_and(|algorithm| {
            UnparsedPublicKey::new(algorithm, point)
                .verify(&self.message, &self.signature)
                .is_ok()
        })
    }
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
