//! The keys of apps that publish them at an address of their own (`jwks_uri`, RFC 7591 §2).

use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL};
use http::{HeaderMap, Request, Response, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use tokio::sync::Mutex;

use crate::outbound::{Outbound, OutboundError};

/// A public key (RFC 7517).
pub(crate) type Jwk = Map<String, Value>;

/// How long keys count when the address does not say.
const USUAL: SignedDuration = SignedDuration::from_hours(1);
/// An address is asked at most this often, whatever it says and whatever keys are named.
const FLOOR: SignedDuration = SignedDuration::from_mins(1);
/// Keys count at most this long, whatever the address says.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// The longest document, in bytes.
const LARGEST: usize = 64 * 1024;
const MOST_KEYS: usize = 50;
/// As many addresses are remembered.
const MOST_ADDRESSES: usize = 1_000;

/// What is known of the addresses. Those who ask for the same one wait for one request.
#[derive(Debug, Default)]
pub(crate) struct PublishedKeys(std::sync::Mutex<HashMap<String, Arc<Mutex<Option<Known>>>>>);

#[derive(Debug, Clone)]
struct Known {
    keys: Vec<Jwk>,
    asked_at: Timestamp,
    good_until: Timestamp,
}

impl Known {
    /// Whether another question could tell more and may be asked.
    fn is_due(&self, kid: Option<&str>, now: Timestamp) -> bool {
        let has_it = kid.is_none_or(|kid| self.keys.iter().any(|key| key_id(key) == Some(kid)));
        let may_ask = now >= after(self.asked_at, FLOOR) || now < self.asked_at;
        may_ask && (!has_it || now >= self.good_until)
    }

    /// What counts while the address does not answer.
    fn without_answer(before: Option<Self>, now: Timestamp) -> Self {
        let kept = before.filter(|known| now < known.good_until);
        let kept = kept.map(|known| (known.good_until, known.keys));
        let (good_until, keys) = kept.unwrap_or((now, Vec::new()));
        Self {
            keys,
            asked_at: now,
            good_until,
        }
    }
}

impl PublishedKeys {
    /// The keys at an address, asked anew when they are old, or when `kid` is none of them. None when it gives none.
    pub(crate) async fn find(
        &self,
        outbound: &Outbound,
        uri: &str,
        kid: Option<&str>,
        now: Timestamp,
    ) -> Vec<Jwk> {
        let place = self.place(uri);
        let mut known = place.lock().await;
        if let Some(found) = &*known
            && !found.is_due(kid, now)
        {
            return found.keys.clone();
        }
        // Before the answer: whoever goes away while it is on its way has asked all the same.
        let waiting = Known::without_answer(known.take(), now);
        let found = known.insert(waiting);
        match ask(outbound, uri, now).await {
            Ok(answer) => *found = answer,
            Err(error) => tracing::warn!(uri, %error, "the keys of an app cannot be read"),
        }
        found.keys.clone()
    }

    fn place(&self, uri: &str) -> Arc<Mutex<Option<Known>>> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST_ADDRESSES && !places.contains_key(uri) {
            places.clear();
        }
        Arc::clone(places.entry(uri.to_owned()).or_default())
    }
}

async fn ask(outbound: &Outbound, uri: &str, now: Timestamp) -> Result<Known, OutboundError> {
    let request = Request::get(uri)
        .header(ACCEPT, "application/json")
        .body(Bytes::new())
        .map_err(|error| OutboundError(error.to_string()))?;
    let response = outbound.send(request).await?;
    let good_for = lifetime(response.headers()).clamp(FLOOR, LONGEST);
    Ok(Known {
        keys: read(&response).map_err(|problem| OutboundError(problem.to_owned()))?,
        asked_at: now,
        good_until: after(now, good_for),
    })
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Jwk>,
}

fn read(response: &Response<Bytes>) -> Result<Vec<Jwk>, &'static str> {
    if response.status() != StatusCode::OK {
        return Err("the answer is not 200");
    }
    if response.body().len() > LARGEST {
        return Err("the answer has more than 64 KiB");
    }
    let document: Document = serde_json::from_slice(response.body())
        .map_err(|_| "the answer is not a JSON Web Key Set")?;
    if document.keys.len() > MOST_KEYS {
        return Err("the answer has more than 50 keys");
    }
    Ok(document.keys.into_iter().filter(is_usable).collect())
}

/// A key that is for encryption signs nothing, and one that is not public any more proves nothing.
fn is_usable(key: &Jwk) -> bool {
    let is_for_signatures = key.get("use").is_none_or(|usage| usage == "sig");
    is_for_signatures && !key.contains_key("d") && !key.contains_key("k")
}

/// What `Cache-Control` says (RFC 9111 §5.2.2).
fn lifetime(headers: &HeaderMap) -> SignedDuration {
    let said = headers
        .get(CACHE_CONTROL)
        .and_then(|said| said.to_str().ok());
    let mut directives = said.unwrap_or_default().split(',').map(str::trim);
    let seconds = directives.find_map(|directive| {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        match name.to_ascii_lowercase().as_str() {
            "no-store" | "no-cache" => Some(0),
            "max-age" => value.trim_matches('"').parse::<u32>().ok(),
            _ => None,
        }
    });
    seconds.map_or(USUAL, |seconds| SignedDuration::from_secs(seconds.into()))
}

/// The name that the app gives to a key.
pub(crate) fn key_id(key: &Jwk) -> Option<&str> {
    key.get("kid").and_then(Value::as_str)
}

fn after(moment: Timestamp, time: SignedDuration) -> Timestamp {
    moment.saturating_add(time).unwrap_or(Timestamp::MAX)
}
