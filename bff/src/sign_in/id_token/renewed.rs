use model::SignInErrorCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{Expected, IdTokenClaims, checks, signature};
use crate::bff::Parts;
use crate::fault::Fault;
use crate::session::Session;

/// An ID token that came with renewed tokens.
#[derive(Debug)]
pub(crate) struct RenewedIdToken<'a> {
    pub(crate) id_token: &'a SecretString,
    pub(crate) access_token: &'a SecretString,
    /// The session it must be of.
    pub(crate) session: &'a Session,
}

/// Verifies a renewed ID token: the rules of sign-in that still apply, and that it is of the same person at the same org
/// for the same app (OpenID Connect Core §12.2). Gives its claims.
pub(crate) async fn verify_renewed(
    parts: &Parts,
    renewed: RenewedIdToken<'_>,
) -> Result<Map<String, Value>, Fault> {
    let metadata = parts.provider.metadata().await?;
    let token = renewed.id_token.expose_secret();
    let payload = signature::verify(&parts.provider, &metadata, token).await?;
    let claims = IdTokenClaims::parse(payload)?;
    let session = renewed.session;
    if session.issuer != parts.provider.issuer() {
        return Err(Fault::new(
            SignInErrorCode::IdTokenIssuer,
            "the session was opened at another issuer",
        ));
    }
    let expected = Expected {
        issuer: &session.issuer,
        client_id: &parts.client.client_id,
        nonce: session.claim("nonce").unwrap_or_default(),
        access_token: renewed.access_token,
        max_age: None,
        acr_values: &[],
        only: Some(&session.subject),
        proved_since: None,
        now: parts.clock.now(),
    };
    checks::of_renewed(&claims, &expected)?;
    Ok(claims.all)
}
