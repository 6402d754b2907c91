//! Changes by the management API: each in one transaction with its events.

use axum::extract::FromRequestParts;
use http::request::Parts;
use jiff::Timestamp;
use model::Entropy;
use rusqlite::Connection;
use std::cell::Cell;
use std::sync::Arc;

use super::{ApiError, Caller};
use crate::Org;
use crate::config::OrgUrl;
use crate::directory::{User, end_access};
use crate::events::{Event, EventType, Origin, record};
use crate::seal::Sealer;
use crate::universal_logout;

/// A request that changes something: it runs the change on the writer's thread and knows who asked, from where and when.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    org: Org,
    pub(crate) caller: Caller,
    origin: Origin,
    pub(crate) now: Timestamp,
}

impl FromRequestParts<Org> for Change {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, org: &Org) -> Result<Self, ApiError> {
        let Ok(origin) = Origin::from_request_parts(parts, org).await;
        Ok(Self {
            org: org.clone(),
            caller: Caller::from_request_parts(parts, org).await?,
            origin,
            now: org.now(),
        })
    }
}

/// What a change works with while it runs.
#[derive(Debug)]
pub(crate) struct Writing<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) caller: &'a Caller,
    pub(crate) origin: &'a Origin,
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) sealer: &'a Sealer,
    pub(crate) url: &'a OrgUrl,
    pub(crate) now: Timestamp,
    /// Whether apps are to be told of a sign-out after the commit.
    tells_apps: Cell<bool>,
}

impl Writing<'_> {
    /// Writes an event that the caller brought about.
    pub(crate) fn log(&self, event: Event) -> rusqlite::Result<()> {
        let event = event.by(self.caller.actor(self.db)?);
        record(self.db, &event, self.origin, self.entropy, self.now)
    }

    /// Sees to it that the user's apps are told to sign them out (Universal Logout). To be called before what they have ends.
    pub(crate) fn tell_apps(&self, user: &User, because: EventType) -> rusqlite::Result<()> {
        let cause = universal_logout::Cause {
            event: because,
            request: &self.origin.request,
        };
        if universal_logout::enqueue(self.db, user, cause, self.url, self.now)? {
            self.tells_apps.set(true);
        }
        Ok(())
    }

    /// Signs the user out of everything: the org, what apps hold, and the apps themselves.
    pub(crate) fn sign_out_everywhere(
        &self,
        user: &User,
        because: EventType,
    ) -> rusqlite::Result<()> {
        self.tell_apps(user, because)?;
        end_access(self.db, &user.id, self.now)
    }
}

impl Change {
    /// Runs `change` in a transaction of its own. An error undoes it with its events.
    pub(crate) async fn run<T: Send + 'static>(
        self,
        change: impl FnOnce(&Writing<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let kit = self.org.kit();
        let Self {
            org,
            caller,
            origin,
            now,
        } = self;
        let entropy: Arc<dyn Entropy> = Arc::clone(&kit.entropy);
        let changed = org.store().write(move |db| {
            let writing = Writing {
                db,
                caller: &caller,
                origin: &origin,
                entropy: &*entropy,
                sealer: &kit.sealer,
                url: &kit.url,
                now,
                tells_apps: Cell::new(false),
            };
            Ok((change(&writing)?, writing.tells_apps.get()))
        });
        let (value, tells_apps) = changed.await.map_err(|error: ApiError| error)?;
        if tells_apps {
            org.universal_logout().announce();
        }
        Ok(value)
    }

    /// The org, for slow work before the transaction.
    pub(crate) const fn org(&self) -> &Org {
        &self.org
    }
}
