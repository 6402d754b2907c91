//! `id_token_hint`: an ID token of this org, brought back by the app it was issued to.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::{AppId, UserId};
use serde::Deserialize;

use super::server::Servers;

/// What a hint says. It is not proof that anybody signed in now: an expired one is as good.
#[derive(Debug, Clone)]
pub(super) struct Hint {
    pub(super) user_id: UserId,
    pub(super) app_id: AppId,
}

/// Why a hint is not one, in Okta's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum InvalidHint {
    #[error("The id_token_hint cannot be parsed.")]
    Unreadable,
    #[error("The id_token_hint signature is invalid.")]
    Signature,
    #[error("The issuer of the id_token_hint is invalid.")]
    Issuer,
    #[error("The audience of the id_token_hint is invalid.")]
    Audience,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
}

/// Reads a hint and checks that the org signed it.
pub(super) fn read(servers: &Servers, token: &str) -> Result<Hint, InvalidHint> {
    let (signed, signature) = token.rsplit_once('.').ok_or(InvalidHint::Unreadable)?;
    let (header, claims) = signed.split_once('.').ok_or(InvalidHint::Unreadable)?;
    let header: Header = decode(header)?;
    let claims: Claims = decode(claims)?;
    let server = servers.by_issuer(&claims.iss).ok_or(InvalidHint::Issuer)?;
    let key = server
        .keys
        .by_kid(&header.kid)
        .ok_or(InvalidHint::Signature)?;
    let signature = URL_SAFE_NO_PAD
        .decode(signature)
        .map_err(|_| InvalidHint::Unreadable)?;
    if header.alg != "RS256" || !key.is_signature(signed.as_bytes(), &signature) {
        return Err(InvalidHint::Signature);
    }
    // An access token is signed by the same key, but its subject is a login and its audience no app.
    Ok(Hint {
        user_id: UserId::parse(claims.sub).map_err(|_| InvalidHint::Unreadable)?,
        app_id: AppId::parse(claims.aud).map_err(|_| InvalidHint::Audience)?,
    })
}

fn decode<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, InvalidHint> {
    let json = URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| InvalidHint::Unreadable)?;
    serde_json::from_slice(&json).map_err(|_| InvalidHint::Unreadable)
}
