//! Tokens that the org signs (RFC 7519, RFC 8725): who signed one comes first, and what it says after that.
//!
//! ID tokens, logout tokens and the requests of Universal Logout differ in what they say. That the org said it is
//! checked here, once for all of them.

mod claims;
mod header;
mod payload;

use std::borrow::Cow;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Validation};
use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::provider::{KeySet, Metadata, Provider};

pub(crate) use claims::{
    ClaimReader, MalformedClaim, RegisteredClaims, object, seconds, text, texts,
};
pub(crate) use header::Kind;
pub(crate) use payload::Payload;

/// Why a token is not taken for the org's word.
#[derive(Debug)]
pub(crate) enum TokenFault {
    /// It is no JWT, or one of another kind.
    Malformed(Cow<'static, str>),
    /// It is not signed by a key of the org with the agreed algorithm.
    Unsigned(&'static str),
    /// The org's keys cannot be had right now.
    KeysUnavailable(Fault),
}

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
pub(crate) async fn verify(
    provider: &Provider,
    metadata: &Metadata,
    kind: Kind,
    token: &str,
) -> Result<Map<String, Value>, TokenFault> {
    let key_id = kind.read_header(token)?;
    let keys = provider.keys(metadata).await?;
    if let Some(outcome) = try_keys(&keys, key_id.as_deref(), token) {
        return outcome;
    }
    let newer = provider.newer_keys(metadata, &keys).await?;
    newer
        .and_then(|keys| try_keys(&keys, key_id.as_deref(), token))
        .unwrap_or(Err(TokenFault::Unsigned(
            "no key of the org fits the token",
        )))
}

/// `None`: no key fits, and the org may have a newer one.
fn try_keys(
    keys: &KeySet,
    key_id: Option<&str>,
    token: &str,
) -> Option<Result<Map<String, Value>, TokenFault>> {
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

fn from_library(error: &ErrorKind) -> TokenFault {
    match error {
        ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm | ErrorKind::Provider(_) => {
            TokenFault::Unsigned("the signature of the token is wrong")
        }
        _ => TokenFault::Malformed(Cow::Borrowed("the token is not a JWT")),
    }
}

impl From<Fault> for TokenFault {
    fn from(fault: Fault) -> Self {
        Self::KeysUnavailable(fault)
    }
}

impl From<MalformedClaim> for TokenFault {
    fn from(MalformedClaim(name): MalformedClaim) -> Self {
        let detail = format!("`{name}` of the token is missing or of a wrong type");
        Self::Malformed(Cow::Owned(detail))
    }
}
