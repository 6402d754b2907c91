//! Ending a token at the org (RFC 7009).

use http::StatusCode;
use secrecy::SecretString;
use url::Url;

use crate::bff::Parts;
use crate::outbound::HttpError;
use crate::token_request::{TokenHint, about_token};

/// Revokes a token. An error means that the org could not be reached; a refusal is only logged, as the token is
/// worthless here either way. Returns whether the org has accepted.
pub(crate) async fn revoke(
    parts: &Parts,
    endpoint: &Url,
    (token, hint): (&SecretString, TokenHint),
) -> Result<bool, HttpError> {
    let request = about_token(parts, endpoint, (token, hint))
        .map_err(|_| HttpError::TargetRefused("not a valid request"))?;
    let status = parts.outbound.send(request).await?.status();
    if status != StatusCode::OK {
        tracing::warn!(%status, kind = hint.as_str(), "the org refused to revoke a token");
    }
    Ok(status == StatusCode::OK)
}
