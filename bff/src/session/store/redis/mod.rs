//! The store for many processes on many machines: Redis or Valkey, one server or a cluster.
//!
//! A session is a hash that expires by itself. Each step that must not be torn apart is a script on one key. Nothing is told
//! of a person but issuer and subject, as in the other store: claims and tokens are sealed.

mod connection;
mod keys;
mod onboarding;
mod scripts;
mod sessions;
mod watch;

use std::sync::Arc;

use ::redis::cmd;
use model::Landing;

use super::{
    Account, EndedNotices, Lease, ListedRow, LivingRow, NewRow, Notices, RedisAddress, RenewedRow,
    SessionStore, StoreError, Stored, UsedOnce, Whose,
};
use crate::onboarding::{Names, Onboarding, OnboardingMark, OnboardingMarks};
use crate::outbound::BoxFuture;
use crate::session::SessionHandle;
use connection::Link;

/// Sessions in Redis or Valkey.
#[derive(Debug)]
pub(crate) struct RedisStore {
    link: Arc<Link>,
    notices: Arc<Notices>,
}

impl RedisStore {
    /// Makes everything ready. The server need not be up: until it is, sessions cannot be checked.
    pub(crate) fn open(address: &RedisAddress) -> Result<Self, StoreError> {
        Ok(Self {
            link: Arc::new(Link::open(address)?),
            notices: Notices::new(),
        })
    }
}

impl SessionStore for RedisStore {
    fn open(&self, row: NewRow) -> Stored<'_, ()> {
        Box::pin(sessions::open(&self.link, row))
    }

    fn find_living(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<LivingRow>> {
        Box::pin(sessions::find_living(&self.link, handle, now))
    }

    fn touch(&self, handle: SessionHandle, now: i64, idle_end: i64) -> Stored<'_, ()> {
        Box::pin(sessions::touch(&self.link, handle, now, idle_end))
    }

    fn tokens(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<Vec<u8>>> {
        Box::pin(sessions::tokens(&self.link, handle, now))
    }

    fn take_lease(&self, handle: SessionHandle, lease: Lease, now: i64) -> Stored<'_, bool> {
        Box::pin(async move {
            let mut script = scripts::TAKE.key(keys::session(handle));
            script
                .arg(now)
                .arg(lease.generation)
                .arg(&lease.holder)
                .arg(lease.until);
            self.link.run(&script).await
        })
    }

    fn complete_renewal(
        &self,
        handle: SessionHandle,
        lease: Lease,
        row: RenewedRow,
        now: i64,
    ) -> Stored<'_, bool> {
        Box::pin(async move {
            let mut script = scripts::COMPLETE.key(keys::session(handle));
            script
                .arg(now)
                .arg(&lease.holder)
                .arg(row.generation)
                .arg(row.claims)
                .arg(row.tokens);
            self.link.run(&script).await
        })
    }

    fn abandon_renewal(
        &self,
        handle: SessionHandle,
        lease: Lease,
        paused_until: i64,
    ) -> Stored<'_, ()> {
        Box::pin(async move {
            let mut script = scripts::ABANDON.key(keys::session(handle));
            script.arg(&lease.holder).arg(paused_until);
            self.link.run(&script).await
        })
    }

    fn end_by_lease(&self, handle: SessionHandle, lease: Lease, _now: i64) -> Stored<'_, bool> {
        Box::pin(async move {
            let mut script = scripts::END_BY_LEASE.key(keys::session(handle));
            script
                .arg(&lease.holder)
                .arg(keys::ENDED)
                .arg(handle.to_string());
            self.link.run(&script).await
        })
    }

    fn end(&self, handle: SessionHandle, now: i64) -> Stored<'_, Option<Vec<u8>>> {
        Box::pin(async move { Ok(sessions::end(&self.link, handle, now).await?.1) })
    }

    fn end_all(&self, whose: Whose, but: Option<SessionHandle>, now: i64) -> Stored<'_, usize> {
        Box::pin(async move { sessions::end_all(&self.link, &whose, but, now).await })
    }

    fn people(&self, whose: Whose) -> Stored<'_, Vec<Account>> {
        Box::pin(async move { sessions::people(&self.link, &whose).await })
    }

    fn list(&self, account: Account, now: i64) -> Stored<'_, Vec<ListedRow>> {
        Box::pin(sessions::list(&self.link, account, now))
    }

    fn use_once(&self, what: UsedOnce, now: i64, forget_at: i64) -> Stored<'_, bool> {
        Box::pin(sessions::use_once(&self.link, what, now, forget_at))
    }

    fn onboarding(&self, account: Account) -> Stored<'_, Onboarding> {
        Box::pin(async move { onboarding::find(&self.link, &account).await })
    }

    fn save_names(&self, account: Account, names: Names) -> Stored<'_, Onboarding> {
        Box::pin(async move { onboarding::save_names(&self.link, &account, &names).await })
    }

    fn finish_onboarding(
        &self,
        account: Account,
        landing: Landing,
        now: i64,
    ) -> Stored<'_, Onboarding> {
        Box::pin(async move { onboarding::finish(&self.link, &account, landing, now).await })
    }

    fn onboarding_marks(&self, account: Account) -> Stored<'_, OnboardingMarks> {
        Box::pin(async move { onboarding::find_marks(&self.link, &account).await })
    }

    fn mark_onboarding(&self, account: Account, mark: OnboardingMark) -> Stored<'_, ()> {
        Box::pin(async move { onboarding::mark(&self.link, &account, &mark).await })
    }

    fn answers(&self) -> BoxFuture<'_, bool> {
        Box::pin(async move {
            // A key like any other: in a cluster, PING would ask every node.
            let asked: Result<bool, _> =
                self.link.read(cmd("EXISTS").arg("portico:readiness")).await;
            asked.is_ok()
        })
    }

    fn ended_notices(&self) -> EndedNotices {
        self.notices.listen(|| {
            let (link, notices) = (Arc::clone(&self.link), Arc::clone(&self.notices));
            tokio::spawn(watch::watch(link, notices));
        })
    }
}
