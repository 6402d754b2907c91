use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::provider::{Metadata, Provider, PublicKey};
use crate::signed_token::{self, Kind, TokenFault};

/// What a JWT says, and whether it can be believed.
#[derive(Debug, Clone)]
pub struct InspectedJwt {
    /// `alg` of the header.
    pub algorithm: String,
    /// `kid` of the header.
    pub key_id: Option<String>,
    /// Whether the org has signed it.
    pub signature: SignatureState,
    /// The claims under their wire names.
    pub claims: Map<String, Value>,
}

/// Whether a token is signed by the org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureState {
    /// By this key. Absent only where several keys of the org have the same name.
    Verified(Option<PublicKey>),
    /// By no key that the org publishes now: it has withdrawn the key, or the token is not the org's.
    NotVerified,
    /// The org's keys cannot be had right now.
    CannotCheck,
}

/// Reads a token, and asks for the org's keys to see whether it is the org's. `None`: it is no JWT.
pub(super) async fn inspect(
    provider: &Provider,
    metadata: Option<&Metadata>,
    kind: Kind,
    token: &str,
) -> Option<InspectedJwt> {
    let mut segments = token.split('.');
    let header = object(segments.next()?)?;
    let claims = object(segments.next()?)?;
    let text = |name: &str| header.get(name).and_then(Value::as_str).map(str::to_owned);
    let key_id = text("kid");
    Some(InspectedJwt {
        algorithm: text("alg").unwrap_or_default(),
        signature: signature(provider, metadata, kind, (token, key_id.as_deref())).await,
        key_id,
        claims,
    })
}

async fn signature(
    provider: &Provider,
    metadata: Option<&Metadata>,
    kind: Kind,
    (token, key_id): (&str, Option<&str>),
) -> SignatureState {
    let Some(metadata) = metadata else {
        return SignatureState::CannotCheck;
    };
    match signed_token::verify(provider, metadata, kind, token).await {
        Ok(_) => {}
        Err(TokenFault::KeysUnavailable(_)) => return SignatureState::CannotCheck,
        Err(TokenFault::Malformed(_) | TokenFault::Unsigned(_)) => {
            return SignatureState::NotVerified;
        }
    }
    match provider.keys(metadata).await {
        Ok(keys) => SignatureState::Verified(keys.describe(key_id).cloned()),
        Err(_) => SignatureState::CannotCheck,
    }
}

fn object(segment: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).ok()?).ok()
}
