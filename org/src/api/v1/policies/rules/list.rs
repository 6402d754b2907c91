use axum::extract::State;
use axum::response::Response;

use crate::Org;
use crate::api::v1::policies::builtin;
use crate::api::v1::policies::record::{find_policy, rules_of};
use crate::api::v1::policies::view::rule_view;
use crate::api::{ApiError, Listing, Path};

/// `GET /api/v1/policies/{policyId}/rules`, by priority; the system's last.
pub(super) async fn list(
    State(org): State<Org>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    if builtin::find(&id, &org).is_some() {
        return Ok(listing.whole(Vec::new()));
    }
    let (policy, rules) = org.store().read(|db| {
        let policy = find_policy(db, &id);
        let rules = match &policy {
            Ok(policy) => rules_of(db, &policy.id)?,
            Err(_) => Vec::new(),
        };
        Ok((policy, rules))
    })?;
    let policy = policy?;
    let items = rules.iter().map(|rule| rule_view(&policy, rule, org.url()));
    Ok(listing.whole(items.collect()))
}
