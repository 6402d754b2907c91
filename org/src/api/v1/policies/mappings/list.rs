use axum::extract::State;
use axum::response::Response;

use super::{apps_of, view};
use crate::Org;
use crate::api::v1::policies::record::find_policy;
use crate::api::{ApiError, Listing, Path};

/// `GET /api/v1/policies/{policyId}/mappings`.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let items = org.store().read(|db| {
        Ok(find_policy(db, &id).and_then(|policy| {
            let apps = apps_of(db, &policy)?;
            let items = apps.iter().map(|(app, _)| view(&policy, app, org.url()));
            Ok(items.collect())
        }))
    })??;
    Ok(listing.whole(items))
}
