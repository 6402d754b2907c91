//! Assertions by which an app shows that it is itself (RFC 7523 §3): signed by its key or by its secret.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::assertion_key::{SignedMessage, Signer};
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

    /// The key that it names.
    pub(super) fn kid(&self) -> Option<&str> {
        self.header.kid.as_deref()
    }

    /// Believes it, or says why not. `audiences`: what it may be addressed to.
    pub(super) fn check(
        &self,
        client_id: &str,
        signer: &Signer,
        audiences: &[String],
        now: Timestamp,
    ) -> Result<Proven, &'static str> {
        let claims = &self.claims;
        if !self.is_signed_by(signer) {
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

    /// A header with something that must be understood is not.
    fn is_signed_by(&self, signer: &Signer) -> bool {
        self.header.crit.is_none()
            && signer.has_signed(SignedMessage {
                alg: &self.header.alg,
                kid: self.header.kid.as_deref(),
                message: &self.message,
                signature: &self.signature,
            })
    }
}
