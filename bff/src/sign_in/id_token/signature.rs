use model::SignInErrorCode;
use serde_json::{Map, Value};

use crate::fault::Fault;
use crate::provider::{Metadata, Provider};
use crate::signed_token::{self, Kind, TokenFault};

/// Checks that the org signed this ID token, and gives its payload.
pub(super) async fn verify(
    provider: &Provider,
    metadata: &Metadata,
    token: &str,
) -> Result<Map<String, Value>, Fault> {
    signed_token::verify(provider, metadata, Kind::ID_TOKEN, token)
        .await
        .map_err(|fault| match fault {
            TokenFault::Malformed(detail) => Fault::new(SignInErrorCode::IdTokenMalformed, detail),
            TokenFault::Unsigned(detail) => Fault::new(SignInErrorCode::IdTokenSignature, detail),
            TokenFault::KeysUnavailable(fault) => fault,
        })
}
