//! One check of an authorization request per file.

pub(super) mod acr_values;
pub(super) mod duplicates;
pub(super) mod enrollment;
pub(super) mod hints;
pub(super) mod max_age;
pub(super) mod nonce;
pub(super) mod pkce;
pub(super) mod prompt;
pub(super) mod request_object;
pub(super) mod response_mode;
pub(super) mod response_type;
pub(super) mod scope;
pub(super) mod state;

use model::{OAuthError, OAuthErrorCode};

fn invalid_request(description: impl Into<String>) -> OAuthError {
    OAuthError::new(OAuthErrorCode::InvalidRequest, description)
}
