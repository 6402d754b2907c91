//! What the org says about itself: its metadata and its signing keys, fetched when needed and kept for a while.

mod key_set;
mod keys;
mod metadata;

use std::sync::Arc;

use model::{Clock, SignInErrorCode, Timestamp};
use tokio::sync::Mutex;

pub use key_set::PublicKey;
pub(crate) use key_set::{KeySet, MAX_KEY_ID};
pub(crate) use metadata::Metadata;

use crate::fault::Fault;
use crate::outbound::Outbound;
use crate::web::WebPolicy;
use keys::FetchedKeys;

/// Metadata is asked for again after an hour.
const METADATA_SECONDS: i64 = 60 * 60;

/// After a failure the org is left in peace for this long.
const FAILURE_SECONDS: i64 = 1;

/// The org, as the app knows it.
#[derive(Debug)]
pub(crate) struct Provider {
    issuer: String,
    outbound: Outbound,
    clock: Arc<dyn Clock>,
    web: WebPolicy,
    // The locks are held while fetching: whoever comes meanwhile waits for that one answer.
    metadata: Mutex<Option<Discovery>>,
    keys: Mutex<Option<FetchedKeys>>,
}

/// The last attempt to fetch metadata.
#[derive(Debug)]
struct Discovery {
    at: Timestamp,
    outcome: Result<Arc<Metadata>, Fault>,
}

impl Discovery {
    fn is_fresh(&self, now: Timestamp) -> bool {
        let lifetime = match self.outcome {
            Ok(_) => METADATA_SECONDS,
            Err(_) => FAILURE_SECONDS,
        };
        is_within(self.at, now, lifetime)
    }
}

impl Provider {
    pub(crate) fn new(
        issuer: String,
        outbound: Outbound,
        clock: Arc<dyn Clock>,
        web: WebPolicy,
    ) -> Self {
        Self {
            issuer,
            outbound,
            clock,
            web,
            metadata: Mutex::new(None),
            keys: Mutex::new(None),
        }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The org's metadata, from memory or from the org.
    pub(crate) async fn metadata(&self) -> Result<Arc<Metadata>, Fault> {
        let mut known = self.metadata.lock().await;
        if let Some(discovery) = &*known
            && discovery.is_fresh(self.clock.now())
        {
            return discovery.outcome.clone();
        }
        let outcome = metadata::fetch(&self.outbound, &self.issuer)
            .await
            .map(Arc::new);
        if let Ok(metadata) = &outcome {
            self.web.trust(metadata.front_channel());
        }
        *known = Some(Discovery {
            at: self.clock.now(),
            outcome: outcome.clone(),
        });
        outcome
    }

    /// Whether the org answers right now, whatever is in memory.
    pub(crate) async fn answers(&self) -> bool {
        metadata::fetch(&self.outbound, &self.issuer).await.is_ok()
    }
}

/// Whether `at` lies less than `seconds` before `now`. A clock that was set back makes everything old.
fn is_within(at: Timestamp, now: Timestamp, seconds: i64) -> bool {
    (0..seconds).contains(&(now.as_second() - at.as_second()))
}

fn misconfigured(detail: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    Fault::new(SignInErrorCode::OrgMisconfigured, detail)
}
