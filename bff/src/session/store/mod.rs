//! What is kept on the server: sessions, what was used once, and how far people have come in onboarding.
//!
//! [`SessionStore`] is told in terms of sessions, so that each implementation keeps them in its own way.

mod address;
mod lease;
mod notices;
pub(crate) mod redis;
mod rows;
pub(crate) mod sqlite;

use std::{fmt, io};

use model::Landing;

pub use address::{InvalidStoreAddress, RedisAddress, StoreAddress};
pub(crate) use lease::{Lease, Renewals, RenewedRow};
pub(crate) use notices::Notices;
pub use notices::{EndedNotice, EndedNotices};
pub(crate) use rows::{Account, EmailDigest, ListedRow, LivingRow, NewRow, UsedOnce, Whose};

use super::SessionHandle;
use crate::onboarding::{Names, Onboarding, OnboardingMark, OnboardingMarks};
use crate::outbound::BoxFuture;

/// The answer of a store.
pub(crate) type Stored<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

/// Where sessions are kept. All times are seconds since 1970, by the app's clock.
///
/// A session lives while its row is there, has not been ended, and `now` is before its idle and its absolute end. Whatever
/// is done with one that does not live changes nothing.
pub(crate) trait SessionStore: fmt::Debug + Send + Sync {
    /// Keeps a new session, and ends the one that it replaces.
    fn open(&self, row: NewRow) -> Stored<'_, ()>;

    /// The session, if it lives.
    fn find_living(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<LivingRow>>;

    /// Writes down that the session was used at `now`, and is idle from `idle_end` on.
    fn touch(&self, handle: SessionHandle, now: i64, idle_end: i64) -> Stored<'_, ()>;

    /// The sealed tokens that are kept with the session, if it lives and has any.
    fn tokens(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<Vec<u8>>>;

    /// Takes the right to renew the tokens of a session. `false`: it does not live, its tokens are of another generation,
    /// somebody else has the right, or the org is to be left in peace.
    fn take_lease(&self, handle: SessionHandle, lease: Lease, now: i64) -> Stored<'_, bool>;

    /// Keeps what a renewal brought, and gives the lease back. `false`: the session has ended, or somebody else has the
    /// lease.
    fn complete_renewal(
        &self,
        handle: SessionHandle,
        lease: Lease,
        row: RenewedRow,
        now: i64,
    ) -> Stored<'_, bool>;

    /// Gives the lease back, and lets nobody take it before `paused_until`.
    fn abandon_renewal(
        &self,
        handle: SessionHandle,
        lease: Lease,
        paused_until: i64,
    ) -> Stored<'_, ()>;

    /// Ends a session, if this lease still counts.
    fn end_by_lease(&self, handle: SessionHandle, lease: Lease, now: i64) -> Stored<'_, bool>;

    /// Ends a session, and gives the sealed tokens that were kept with it. It cannot come back.
    fn end(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<Vec<u8>>>;

    /// Ends all sessions of somebody but one, and says how many that were.
    fn end_all(&self, whose: Whose, but: Option<SessionHandle>, now: i64) -> Stored<'_, usize>;

    /// The people whose sessions are kept, each once. Sessions that have ended count for as long as the store keeps them.
    fn people(&self, whose: Whose) -> Stored<'_, Vec<Account>>;

    /// The living sessions of an account, the one used last first.
    fn list(&self, account: Account, now: i64) -> Stored<'_, Vec<ListedRow>>;

    /// Remembers until `forget_at` that something was used. `false`: it had been used before.
    fn use_once(&self, what: UsedOnce, now: i64, forget_at: i64) -> Stored<'_, bool>;

    /// How far an account has come in onboarding.
    fn onboarding(&self, account: Account) -> Stored<'_, Onboarding>;

    /// Saves the first step, unless the last one has been saved, and gives what is there then.
    fn save_names(&self, account: Account, names: Names) -> Stored<'_, Onboarding>;

    /// Saves the last step, if the first one has been saved and the last one has not, and gives what is there then.
    fn finish_onboarding(
        &self,
        account: Account,
        landing: Landing,
        now: i64,
    ) -> Stored<'_, Onboarding>;

    /// What an account has seen and said on the way through onboarding.
    fn onboarding_marks(&self, account: Account) -> Stored<'_, OnboardingMarks>;

    /// Writes one of them down, in place of what was there under its name.
    fn mark_onboarding(&self, account: Account, mark: OnboardingMark) -> Stored<'_, ()>;

    /// Whether the store can be used right now.
    fn answers(&self) -> BoxFuture<'_, bool>;

    /// Tells of sessions that end from now on, in whatever process.
    fn ended_notices(&self) -> EndedNotices;
}

/// The store did not answer, or not as it should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("session store: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("session store: {0}")]
    Redis(#[from] ::redis::RedisError),
    #[error("session store: no answer in time")]
    Slow,
    #[error("session store: {0} is not as it was written")]
    Unreadable(&'static str),
    #[error("session store: the file with certificate authorities cannot be read: {0}")]
    Authorities(#[source] io::Error),
    #[error("session store: a write was given up")]
    Abandoned,
}
