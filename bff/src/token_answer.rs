//! What the token endpoint hands out (RFC 6749 §5.1), whatever was given for it.

use model::Timestamp;
use oauth2::TokenResponse as _;
use oauth2::basic::BasicTokenType;
use secrecy::SecretString;

use crate::oauth_client::TokenResponse;
use crate::session::{Tokens, after};

/// Tokens that are well-formed, and not verified.
#[derive(Debug)]
pub(crate) struct TokenAnswer {
    pub(crate) id_token: Option<SecretString>,
    pub(crate) access_token: SecretString,
    pub(crate) refresh_token: Option<SecretString>,
    pub(crate) access_expires_at: Option<Timestamp>,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnusableAnswer(pub(crate) &'static str);

impl TokenAnswer {
    /// Reads an answer that came at `now`.
    pub(crate) fn read(response: &TokenResponse, now: Timestamp) -> Result<Self, UnusableAnswer> {
        if *response.token_type() != BasicTokenType::Bearer {
            return Err(UnusableAnswer("`token_type` is not Bearer"));
        }
        let read = |token: &str, detail: &'static str| {
            if Tokens::is_well_formed(token) {
                Ok(SecretString::from(token))
            } else {
                Err(UnusableAnswer(detail))
            }
        };
        let expires_in = response.expires_in().map(|lifetime| lifetime.as_secs());
        Ok(Self {
            id_token: response
                .extra_fields()
                .id_token
                .as_deref()
                .map(|token| read(token, "`id_token` is not a token"))
                .transpose()?,
            access_token: read(
                response.access_token().secret(),
                "`access_token` is not a token",
            )?,
            refresh_token: response
                .refresh_token()
                .map(|token| read(token.secret(), "`refresh_token` is not a token"))
                .transpose()?,
            access_expires_at: expires_in
                .map(|seconds| after(now, i64::try_from(seconds).unwrap_or(i64::MAX))),
        })
    }
}
