use std::sync::Arc;

use http::StatusCode;
use model::Timestamp;
use url::Url;

use super::{KeySet, Metadata, Provider, is_within, misconfigured};
use crate::fault::Fault;
use crate::outbound::{Outbound, is_json};

/// A key that the org withdrew is trusted for at most an hour more.
const KEYS_SECONDS: i64 = 60 * 60;

/// Tokens with unknown keys make the app ask for new keys at most this often.
const REFETCH_SECONDS: i64 = 30;

/// The org's keys as last fetched.
#[derive(Debug)]
pub(super) struct FetchedKeys {
    from: Url,
    at: Timestamp,
    /// When an unknown key last made the app ask again.
    asked_again_at: Option<Timestamp>,
    keys: Arc<KeySet>,
}

impl Provider {
    /// The org's keys, from memory or from the org.
    pub(crate) async fn keys(&self, metadata: &Metadata) -> Result<Arc<KeySet>, Fault> {
        let mut known = self.keys.lock().await;
        if let Some(fetched) = &*known
            && fetched.from == metadata.jwks
            && is_within(fetched.at, self.clock.now(), KEYS_SECONDS)
        {
            return Ok(Arc::clone(&fetched.keys));
        }
        let keys = Arc::new(fetch(&self.outbound, &metadata.jwks).await?);
        *known = Some(FetchedKeys {
            from: metadata.jwks.clone(),
            at: self.clock.now(),
            asked_again_at: None,
            keys: Arc::clone(&keys),
        });
        Ok(keys)
    }

    /// Newer keys than `seen`, after a token was signed by none of these.
    ///
    /// `None` if the org was asked too recently: a stream of tokens with invented keys must not become a stream of requests.
    pub(crate) async fn newer_keys(
        &self,
        metadata: &Metadata,
        seen: &Arc<KeySet>,
    ) -> Result<Option<Arc<KeySet>>, Fault> {
        let mut known = self.keys.lock().await;
        let Some(fetched) = known.as_mut() else {
            return Ok(None);
        };
        if !Arc::ptr_eq(&fetched.keys, seen) {
            return Ok(Some(Arc::clone(&fetched.keys)));
        }
        let now = self.clock.now();
        if fetched
            .asked_again_at
            .is_some_and(|at| is_within(at, now, REFETCH_SECONDS))
        {
            return Ok(None);
        }
        fetched.asked_again_at = Some(now);
        let keys = Arc::new(fetch(&self.outbound, &metadata.jwks).await?);
        fetched.at = now;
        fetched.keys = Arc::clone(&keys);
        Ok(Some(keys))
    }
}

async fn fetch(outbound: &Outbound, address: &Url) -> Result<KeySet, Fault> {
    let response = outbound
        .get_json(address, None)
        .await
        .map_err(|error| Fault::from_http(&error, "keys"))?;
    if response.status() != StatusCode::OK || !is_json(&response) {
        return Err(misconfigured("keys: the answer is not a key set"));
    }
    KeySet::parse(response.body()).ok_or_else(|| misconfigured("keys: the answer is not a key set"))
}
