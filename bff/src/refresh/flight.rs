use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use super::RenewalTrouble;
use super::found::Found;
use super::grant::{self, Refused};
use super::identity::{self, Identity};
use crate::bff::Parts;
use crate::revocation::revoke;
use crate::session::store::{Lease, RenewedRow};
use crate::session::{Session, SessionSecret, StoreError, Tokens, seal_claims};
use crate::token_answer::TokenAnswer;

/// After a failure the org is left in peace for this long, in seconds, unless it says how long itself.
const PAUSE_SECONDS: i64 = 5;
/// However long the org asks for, it is tried again after a minute: sessions end by less.
const LONGEST_PAUSE_SECONDS: i64 = 60;
/// What the org has handed out is offered to the store this often: it exists nowhere else.
const STORE_ATTEMPTS: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(250),
    Duration::from_millis(500),
];
/// How long it may take to tell the org that tokens are not needed.
const REVOKE_TIMEOUT: Duration = Duration::from_secs(2);

/// The one call that renews the tokens of a session. Whoever has the lease makes it.
pub(super) struct Flight {
    pub(super) parts: Arc<Parts>,
    pub(super) secret: Arc<SessionSecret>,
    pub(super) session: Arc<Session>,
    pub(super) tokens: Tokens,
    pub(super) lease: Lease,
}

/// How it ended.
#[derive(Debug)]
pub(super) enum Landed {
    /// There are new tokens.
    Renewed {
        session: Arc<Session>,
        new: Box<Found>,
    },
    /// The session has ended.
    Ended,
    /// Somebody else has taken the lease meanwhile: what they have counts.
    Superseded,
    /// Nothing has changed.
    Failed(RenewalTrouble),
}

impl Flight {
    pub(super) async fn fly(self) -> Landed {
        let Some(refresh_token) = &self.tokens.refresh_token else {
            return Landed::Failed(RenewalTrouble::OrgRefused);
        };
        match grant::refresh(&self.parts, refresh_token).await {
            Ok(answer) => self.take(answer).await,
            Err(Refused::ForGood) => self.end(None).await,
            Err(Refused::ForNow {
                trouble,
                retry_after,
            }) => {
                self.abandon(retry_after).await;
                Landed::Failed(trouble)
            }
        }
    }

    async fn take(self, answer: TokenAnswer) -> Landed {
        match identity::check(&self.parts, &self.session, &answer).await {
            Identity::Same(claims) => self.keep(answer, Some(claims)).await,
            Identity::Untold => self.keep(answer, None).await,
            Identity::Other(fault) => {
                tracing::warn!(
                    detail = fault.detail(),
                    "renewed tokens are not of this session, which ends"
                );
                self.end(Some(&answer)).await
            }
        }
    }

    /// Puts the new tokens and claims beside the session.
    async fn keep(self, answer: TokenAnswer, claims: Option<Map<String, Value>>) -> Landed {
        let parts = &*self.parts;
        let tokens = self.newer(answer, claims.is_some());
        let session = Arc::new(self.session.renewed(claims));
        let ends_at = session.expires_at;
        let (Some(sealed), Some(claims)) = (
            tokens.seal(parts, &self.secret, ends_at),
            seal_claims(parts, &self.secret, &session.claims, ends_at),
        ) else {
            return Landed::Failed(RenewalTrouble::OrgRefused);
        };
        let row = RenewedRow {
            generation: tokens.generation,
            claims,
            tokens: sealed.clone().into_bytes(),
        };
        let stored = self.store(row).await;
        let new = Box::new(Found {
            tokens,
            to_reissue: Some(sealed),
        });
        match stored {
            Ok(true) => Landed::Renewed { session, new },
            Ok(false) => self.give_back(&new.tokens).await,
            Err(error) => {
                tracing::error!(%error, "renewed tokens are in the browser alone");
                Landed::Renewed { session, new }
            }
        }
    }

    /// The tokens of the answer, and of the old ones what it does not replace. An ID token that was not checked does not
    /// replace one that was.
    fn newer(&self, answer: TokenAnswer, is_checked: bool) -> Tokens {
        let old = &self.tokens;
        let id_token = answer.id_token.filter(|_| is_checked);
        Tokens {
            id_token: id_token.unwrap_or_else(|| old.id_token.clone()),
            access_token: answer.access_token,
            // An org that does not rotate hands out none.
            refresh_token: answer.refresh_token.or_else(|| old.refresh_token.clone()),
            access_expires_at: answer.access_expires_at,
            generation: self.lease.generation.max(old.generation) + 1,
        }
    }

    /// `false`: the session has ended, or another holds the lease.
    async fn store(&self, row: RenewedRow) -> Result<bool, StoreError> {
        let parts = &*self.parts;
        let handle = self.secret.handle();
        for pause in STORE_ATTEMPTS {
            let now = parts.clock.now().as_second();
            let completed = parts
                .store
                .complete_renewal(handle, self.lease, row.clone(), now);
            match completed.await {
                Ok(is_kept) => return Ok(is_kept),
                Err(error) => tracing::warn!(%error, "renewed tokens cannot be kept yet"),
            }
            tokio::time::sleep(pause).await;
        }
        let now = parts.clock.now().as_second();
        parts
            .store
            .complete_renewal(handle, self.lease, row, now)
            .await
    }

    /// The session ended, or another renewal has overtaken this one: its tokens must not live on unknown.
    async fn give_back(&self, tokens: &Tokens) -> Landed {
        let now = self.parts.clock.now().as_second();
        let handle = self.secret.handle();
        match self.parts.store.find_living(handle, now).await {
            Ok(None) => {
                self.revoke(tokens).await;
                Landed::Ended
            }
            // With one family of tokens, revoking these would end those that count.
            Ok(Some(_)) => Landed::Superseded,
            Err(_) => Landed::Failed(RenewalTrouble::StoreUnavailable),
        }
    }

    /// Ends the session, unless another renewal has overtaken this one. `unwanted` is what the org has handed out.
    async fn end(&self, unwanted: Option<&TokenAnswer>) -> Landed {
        if let Some(answer) = unwanted {
            self.revoke(&Tokens {
                access_token: answer.access_token.clone(),
                refresh_token: answer.refresh_token.clone(),
                ..self.tokens.clone()
            })
            .await;
        }
        let now = self.parts.clock.now().as_second();
        let ended = self
            .parts
            .store
            .end_by_lease(self.secret.handle(), self.lease, now);
        match ended.await {
            Ok(true) => Landed::Ended,
            Ok(false) => Landed::Superseded,
            Err(error) => {
                tracing::error!(%error, "a session that the org has ended cannot be ended here");
                Landed::Failed(RenewalTrouble::StoreUnavailable)
            }
        }
    }

    async fn abandon(&self, retry_after: Option<i64>) {
        let pause = retry_after.map_or(PAUSE_SECONDS, |seconds| {
            seconds.clamp(PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
        });
        let paused_until = self.parts.clock.now().as_second() + pause;
        let abandoned =
            self.parts
                .store
                .abandon_renewal(self.secret.handle(), self.lease, paused_until);
        if let Err(error) = abandoned.await {
            tracing::warn!(%error, "a lease could not be given back; it ends by itself");
        }
    }

    async fn revoke(&self, tokens: &Tokens) {
        let Ok(metadata) = self.parts.provider.metadata().await else {
            return;
        };
        let Some(endpoint) = &metadata.revocation else {
            return;
        };
        let token = tokens.longest_lived();
        let revoked = revoke(&self.parts, endpoint, token);
        match tokio::time::timeout(REVOKE_TIMEOUT, revoked).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "unwanted tokens could not be revoked"),
            Err(_) => tracing::warn!("unwanted tokens could not be revoked in time"),
        }
    }
}

impl fmt::Debug for Flight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flight")
            .field("lease", &self.lease)
            .finish_non_exhaustive()
    }
}
