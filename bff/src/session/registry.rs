//! The sessions of a person in all browsers, and ending them from elsewhere.

use model::Timestamp;

use super::limits::from_seconds;
use super::store::{Account, EmailDigest, ListedRow, UsedOnce, Whose};
use super::{EndedNotices, Session, SessionHandle, StoreError};
use crate::bff::Bff;

/// A living session of an account, as a list of devices shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEntry {
    /// Names the session.
    pub handle: SessionHandle,
    /// The browser it was opened in, such as `Firefox on Windows`.
    pub device: String,
    /// When it was opened.
    pub signed_in_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// When it ends unless it is used again.
    pub ends_at: Timestamp,
}

/// The session store does not answer right now. Nothing has changed, and nobody is signed out by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the session store cannot be reached")]
pub struct StoreUnavailable;

impl Bff {
    /// The living sessions of the person whose session this is, the one used last first.
    pub async fn sessions_of(
        &self,
        session: &Session,
    ) -> Result<Vec<SessionEntry>, StoreUnavailable> {
        let account = Account::new(&session.issuer, &session.subject);
        let rows = self.parts.store.list(account, self.now()).await?;
        Ok(rows.into_iter().map(SessionEntry::from).collect())
    }

    /// Ends a session of the same person at once. `false`: the person has no such session.
    pub async fn end_session(
        &self,
        session: &Session,
        handle: SessionHandle,
    ) -> Result<bool, StoreUnavailable> {
        let own = self.sessions_of(session).await?;
        if !own.iter().any(|entry| entry.handle == handle) {
            return Ok(false);
        }
        self.parts.store.end(handle, self.now()).await?;
        Ok(true)
    }

    /// Ends all sessions of the same person but this one, and says how many that were.
    pub async fn end_other_sessions(&self, session: &Session) -> Result<usize, StoreUnavailable> {
        let whose = Whose::Account(Account::new(&session.issuer, &session.subject));
        self.end_all(whose, Some(session.handle)).await
    }

    /// Ends all sessions of an account, and says how many that were.
    pub async fn end_sessions_of_account(
        &self,
        issuer: &str,
        subject: &str,
    ) -> Result<usize, StoreUnavailable> {
        self.end_all(Whose::Account(Account::new(issuer, subject)), None)
            .await
    }

    /// Ends all sessions of whoever had this email address at the issuer when signing in, and says how many that were.
    pub async fn end_sessions_of_email(
        &self,
        issuer: &str,
        email: &str,
    ) -> Result<usize, StoreUnavailable> {
        self.end_all(Whose::Email(EmailDigest::new(issuer, email)), None)
            .await
    }

    /// Ends all sessions that were opened from one session of the org, by the claim `sid` of their ID tokens, and says
    /// how many that were.
    pub async fn end_sessions_of_org_session(
        &self,
        issuer: &str,
        sid: &str,
    ) -> Result<usize, StoreUnavailable> {
        let whose = Whose::OrgSession {
            issuer: issuer.to_owned(),
            id: sid.to_owned(),
        };
        self.end_all(whose, None).await
    }

    /// Remembers until `forget_at` that a signed token was used, by its issuer and `jti`. `false`: it was used before.
    pub async fn use_signed_token_once(
        &self,
        issuer: &str,
        jti: &str,
        forget_at: Timestamp,
    ) -> Result<bool, StoreUnavailable> {
        let what = UsedOnce::signed_token(issuer, jti);
        let is_first = self
            .parts
            .store
            .use_once(what, self.now(), forget_at.as_second());
        Ok(is_first.await?)
    }

    /// Tells of sessions that end from now on, in whatever process, within a fraction of a second.
    pub fn ended_notices(&self) -> EndedNotices {
        self.parts.store.ended_notices()
    }

    async fn end_all(
        &self,
        whose: Whose,
        but: Option<SessionHandle>,
    ) -> Result<usize, StoreUnavailable> {
        Ok(self.parts.store.end_all(whose, but, self.now()).await?)
    }

    fn now(&self) -> i64 {
        self.parts.clock.now().as_second()
    }
}

impl From<ListedRow> for SessionEntry {
    fn from(row: ListedRow) -> Self {
        Self {
            handle: row.handle,
            device: row.device,
            signed_in_at: from_seconds(row.created_at),
            last_seen_at: from_seconds(row.last_seen_at),
            ends_at: from_seconds(row.idle_end.min(row.absolute_end)),
        }
    }
}

impl From<StoreError> for StoreUnavailable {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the session store did not answer");
        Self
    }
}
