use model::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::{Expected, IdTokenClaims, checks, signature};
use crate::bff::Parts;
use crate::fault::Fault;
use crate::provider::Metadata;

/// Verifies an ID token that the token endpoint gave for what a person told this app: the rules of OpenID Connect Core
/// §3.1.3.7 but that about the nonce, which only a request by a browser has. The proof must not be older than `since`.
pub(in crate::sign_in) async fn verify_direct(
    parts: &Parts,
    metadata: &Metadata,
    (id_token, access_token): (&SecretString, &SecretString),
    since: Timestamp,
) -> Result<IdTokenClaims, Fault> {
    let payload = signature::verify(&parts.provider, metadata, id_token.expose_secret()).await?;
    let claims = IdTokenClaims::parse(payload)?;
    let expected = Expected {
        issuer: parts.provider.issuer(),
        client_id: &parts.client.client_id,
        nonce: "",
        access_token,
        max_age: None,
        acr_values: &[],
        only: None,
        proved_since: Some(since),
        now: parts.clock.now(),
    };
    checks::of_direct(&claims, &expected)?;
    Ok(claims)
}
