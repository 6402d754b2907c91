use std::fmt;

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::{Entropy, ReturnTo, SignInErrorCode, Timestamp};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::SignInRequest;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::session::after;

/// A person has ten minutes to sign in.
pub(super) const LIFETIME_SECONDS: i64 = 10 * 60;

/// A transaction stays readable for longer than it is valid, so that its end can be told from a foreign callback.
const READABLE_SECONDS: i64 = 2 * LIFETIME_SECONDS;

/// One sign-in on its way: what was asked, to be compared with what comes back. It lives in a sealed cookie alone.
#[derive(Serialize, Deserialize)]
pub(super) struct Transaction {
    pub(super) state: String,
    pub(super) nonce: String,
    /// The PKCE code verifier (RFC 7636 §4.1).
    pub(super) verifier: String,
    pub(super) redirect_uri: String,
    pub(super) issuer: String,
    pub(super) return_to: ReturnTo,
    pub(super) max_age: Option<u32>,
    pub(super) acr_values: Vec<String>,
    pub(super) started_at: Timestamp,
}

impl Transaction {
    /// Begins with fresh state, nonce and verifier of 256 bits each.
    pub(super) fn begin(parts: &Parts, request: SignInRequest) -> Self {
        Self {
            state: random(&*parts.entropy),
            nonce: random(&*parts.entropy),
            verifier: random(&*parts.entropy),
            redirect_uri: parts.redirect_uri(),
            issuer: parts.provider.issuer().to_owned(),
            return_to: request.return_to,
            max_age: request.max_age,
            acr_values: request.acr_values,
            started_at: parts.clock.now(),
        }
    }

    /// When the cookie can no longer be opened.
    pub(super) fn readable_until(&self) -> Timestamp {
        after(self.started_at, READABLE_SECONDS)
    }

    pub(super) fn has_expired(&self, now: Timestamp) -> bool {
        now >= after(self.started_at, LIFETIME_SECONDS)
    }

    /// Uses the transaction up. Only the first caller with this `state` succeeds, also across browsers and processes.
    pub(super) async fn finish(&self, parts: &Parts) -> Result<(), Fault> {
        let state = digest::digest(&digest::SHA256, self.state.as_bytes());
        let now = parts.clock.now().as_second();
        let forget_at = self.readable_until().as_second();
        let is_first = parts
            .store
            .write(move |connection| {
                connection
                    .prepare_cached("DELETE FROM finished_sign_in WHERE forget_at <= ?1")?
                    .execute([now])?;
                let inserted = connection
                    .prepare_cached(
                        "INSERT INTO finished_sign_in (state_hash, forget_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![state.as_ref(), forget_at])?;
                Ok(inserted == 1)
            })
            .await?;
        if is_first {
            Ok(())
        } else {
            Err(Fault::new(
                SignInErrorCode::TransactionUnknown,
                "the transaction was used before",
            ))
        }
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("issuer", &self.issuer)
            .field("return_to", &self.return_to)
            .field("started_at", &self.started_at)
            .finish_non_exhaustive()
    }
}

/// 256 bits as 43 characters of base64url, which is also a valid code verifier.
pub(crate) fn random(entropy: &dyn Entropy) -> String {
    URL_SAFE_NO_PAD.encode(entropy.bytes::<32>())
}
