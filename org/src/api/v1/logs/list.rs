use axum::extract::State;
use axum::response::Response;
use model::ErrorCode;
use rusqlite::Connection;

use super::asked::Asked;
use super::select::{bounded, polled};
use crate::Org;
use crate::api::{ApiError, Listing, cut};

/// `GET /api/v1/logs`. Without `until` the answer always has a `next` link: who follows it hears what came since.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let asked = Asked::read(&listing, org.now())?;
    if asked.until.is_none() {
        let after = listing.after(1)?;
        let after = after.map(|keys| number(keys.first())).transpose()?;
        let (found, seen) = aside(&org, move |db| polled(db, &asked, after)).await?;
        let items = found.into_iter().map(|found| found.event).collect();
        return Ok(listing.page(items, Some(vec![seen.to_string()])));
    }
    let after = match listing.after(2)? {
        Some(keys) => Some((number(keys.first())?, number(keys.get(1))?)),
        None => None,
    };
    let limit = asked.limit;
    let found = aside(&org, move |db| bounded(db, &asked, after)).await?;
    let (found, next) = cut(found, limit, |last| {
        vec![last.published.to_string(), last.seq.to_string()]
    });
    let items = found.into_iter().map(|found| found.event).collect();
    Ok(listing.page(items, next))
}

/// Reads on a thread of its own: a question that no index serves looks at every event, and keeps nobody else waiting.
async fn aside<T: Send + 'static>(
    org: &Org,
    query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
) -> Result<T, ApiError> {
    let org = org.clone();
    let read = tokio::task::spawn_blocking(move || org.store().read(query));
    let read = read.await.map_err(|_| ApiError::new(ErrorCode::Internal))?;
    Ok(read?)
}

fn number(key: Option<&String>) -> Result<i64, ApiError> {
    let number = key.and_then(|key| key.parse().ok());
    number.ok_or_else(|| {
        ApiError::new(ErrorCode::InvalidPaging).because("after: Not a cursor of this list")
    })
}
