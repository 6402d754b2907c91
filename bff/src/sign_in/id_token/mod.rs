//! The ID token: its signature, its claims, and the rules that tie it to this sign-in (OpenID Connect Core §3.1.3.7).

mod checks;
mod claims;
mod direct;
mod renewed;
mod signature;

use model::Timestamp;
use secrecy::{ExposeSecret, SecretString};

pub(crate) use checks::LEEWAY;
pub(super) use claims::IdTokenClaims;
pub(super) use direct::verify_direct;
pub(crate) use renewed::{RenewedIdToken, verify_renewed};

use super::transaction::Transaction;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::provider::Metadata;

/// What an ID token is compared with.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) access_token: &'a SecretString,
    pub(super) max_age: Option<u32>,
    pub(super) acr_values: &'a [String],
    pub(super) only: Option<&'a str>,
    /// The proof must not be older than this.
    pub(super) proved_since: Option<Timestamp>,
    pub(super) now: Timestamp,
}

/// Verifies an ID token: first who signed it, then what it says.
pub(super) async fn verify(
    parts: &Parts,
    metadata: &Metadata,
    transaction: &Transaction,
    (id_token, access_token): (&SecretString, &SecretString),
) -> Result<IdTokenClaims, Fault> {
    let payload = signature::verify(&parts.provider, metadata, id_token.expose_secret()).await?;
    let claims = IdTokenClaims::parse(payload)?;
    let expected = Expected {
        issuer: parts.provider.issuer(),
        client_id: &parts.client.client_id,
        nonce: &transaction.nonce,
        access_token,
        max_age: transaction.demands.max_age,
        acr_values: &transaction.demands.acr_values,
        only: transaction.demands.only.as_deref(),
        proved_since: transaction
            .demands
            .asks_again
            .then_some(transaction.started_at),
        now: parts.clock.now(),
    };
    checks::all(&claims, &expected)?;
    Ok(claims)
}
