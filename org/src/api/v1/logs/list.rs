use axum::extract::State;
use axum::response::Response;
use model::ErrorCode;

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
        let (found, seen) = org.store().read(|db| polled(db, &asked, after))?;
        let items = found.into_iter().map(|found| found.event).collect();
        return Ok(listing.page(items, Some(vec![seen.to_string()])));
    }
    let after = match listing.after(2)? {
        Some(keys) => Some((number(keys.first())?, number(keys.get(1))?)),
        None => None,
    };
    let found = org.store().read(|db| bounded(db, &asked, after))?;
    let (found, next) = cut(found, asked.limit, |last| {
        vec![last.published.to_string(), last.seq.to_string()]
    });
    let items = found.into_iter().map(|found| found.event).collect();
    Ok(listing.page(items, next))
}

fn number(key: Option<&String>) -> Result<i64, ApiError> {
    let number = key.and_then(|key| key.parse().ok());
    number.ok_or_else(|| {
        ApiError::new(ErrorCode::InvalidPaging).because("after: Not a cursor of this list")
    })
}
