//! The one door for tokens.
//!
//! Whoever wants a token for a user brings a [`Permit`], and only [`may_issue`] gives one. The private half of a signing
//! key can be used inside this module alone.

mod access_token;
mod ask;
mod client_token;
mod door;
mod facts;
mod grant;
mod id_token;
mod jws;
mod lifetimes;
mod revocation_assertion;
mod signing_key;

use jiff::Timestamp;
use model::Entropy;
use secrecy::SecretString;

use super::server::AuthorizationServer;

pub(crate) use ask::{UserGrant, ask, ask_for_app, ask_for_bearer};
pub(crate) use client_token::issue_client_token;
use door::may_issue_to_app;
pub(crate) use door::{Permit, Purpose, Refusal, may_issue};
pub(crate) use facts::Facts;
pub(crate) use grant::{Grant, Subject};
pub(crate) use lifetimes::Lifetimes;
pub(crate) use revocation_assertion::sign_revocation_assertion;
pub(crate) use signing_key::{BrokenKey, SigningKey};

/// A token could not be signed.
#[derive(Debug, thiserror::Error)]
#[error("a token could not be signed")]
pub(crate) struct SigningFailed;

/// Tokens that are signed, and still to be recorded and sent.
#[derive(Debug)]
pub(crate) struct IssuedTokens {
    pub(crate) access_token: SecretString,
    pub(crate) access_token_expires_at: Timestamp,
    /// Seconds until then.
    pub(crate) expires_in: i64,
    /// Present when the scope `openid` was granted.
    pub(crate) id_token: Option<SecretString>,
    /// Present when the app may come back without the person. It says nothing and is not signed.
    pub(crate) refresh_token: Option<SecretString>,
}

/// Signs the tokens for what was granted to a user who passed the door.
pub(crate) fn issue_tokens(
    permit: Permit,
    server: &AuthorizationServer,
    subject: &Subject,
    grant: &Grant,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<IssuedTokens, SigningFailed> {
    let lifetime = permit.lifetimes().access_token;
    let key = server.keys.current();
    let access_token = access_token::sign(key, server, subject, grant, (now, lifetime), entropy)?;
    let id_token = grant
        .has_openid()
        .then(|| id_token::sign(key, server, subject, grant, (now, &access_token), entropy))
        .transpose()?;
    Ok(IssuedTokens {
        access_token: access_token.into(),
        access_token_expires_at: now.saturating_add(lifetime).unwrap_or(now),
        expires_in: lifetime.as_secs(),
        id_token: id_token.map(SecretString::from),
        refresh_token: None,
    })
}
