use axum::extract::State;
use axum::response::Response;

use super::record::factors_of;
use super::view::view;
use crate::Org;
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Caller, Listing, Path};

/// `GET /api/v1/users/{userId}/factors`.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let items = org.store().read(|db| {
        Ok(find_user(db, &caller, &id).and_then(|user| {
            let factors = factors_of(db, &user)?;
            let items = factors.iter().map(|factor| view(&user, factor, org.url()));
            Ok(items.collect())
        }))
    })??;
    Ok(listing.whole(items))
}
