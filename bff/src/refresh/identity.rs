//! Whether renewed tokens are of the same person (OpenID Connect Core §12.2).

use std::time::Duration;

use serde_json::{Map, Value};

use crate::bff::Parts;
use crate::fault::Fault;
use crate::session::Session;
use crate::sign_in::{RenewedIdToken, verify_renewed};
use crate::token_answer::TokenAnswer;

/// How long the org's keys may take. The tokens are there already, and must be kept.
const KEYS_TIMEOUT: Duration = Duration::from_secs(3);

/// What the ID token of the answer says of the person.
#[derive(Debug)]
pub(super) enum Identity {
    /// The same person, with these claims.
    Same(Map<String, Value>),
    /// Nothing: there is none, or it cannot be checked now. The old one stays.
    Untold,
    /// It must not be taken for this session.
    Other(Fault),
}

pub(super) async fn check(parts: &Parts, session: &Session, answer: &TokenAnswer) -> Identity {
    let Some(id_token) = &answer.id_token else {
        return Identity::Untold;
    };
    let renewed = RenewedIdToken {
        id_token,
        access_token: &answer.access_token,
        session,
    };
    match tokio::time::timeout(KEYS_TIMEOUT, verify_renewed(parts, renewed)).await {
        Ok(Ok(claims)) => Identity::Same(claims),
        Ok(Err(fault)) if fault.is_of_the_org() => {
            tracing::warn!(
                detail = fault.detail(),
                "the org's keys cannot be had, so the ID token stays as it was"
            );
            Identity::Untold
        }
        Ok(Err(fault)) => Identity::Other(fault),
        Err(_) => Identity::Untold,
    }
}
