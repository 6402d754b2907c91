//! Changes by the management API: each in one transaction with its events.

use axum::extract::FromRequestParts;
use http::request::Parts;
use jiff::Timestamp;
use model::Entropy;
use rusqlite::Connection;
use std::sync::Arc;

use super::{ApiError, Caller};
use crate::Org;
use crate::config::OrgUrl;
use crate::events::{Event, Origin, record};
use crate::seal::Sealer;

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
}

impl Writing<'_> {
    /// Writes an event that the caller brought about.
    pub(crate) fn log(&self, event: Event) -> rusqlite::Result<()> {
        let event = event.by(self.caller.actor(self.db)?);
        record(self.db, &event, self.origin, self.entropy, self.now)
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
        org.store()
            .write(move |db| {
                change(&Writing {
                    db,
                    caller: &caller,
                    origin: &origin,
                    entropy: &*entropy,
                    sealer: &kit.sealer,
                    url: &kit.url,
                    now,
                })
            })
            .await
    }

    /// The org, for slow work before the transaction.
    pub(crate) const fn org(&self) -> &Org {
        &self.org
    }
}
