use axum::extract::State;
use axum::response::Response;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::record::{State as FactorState, factors_of};
use crate::Org;
use crate::api::v1::users::{UserRecord, find_user};
use crate::api::{ApiError, Caller, Listing, Path, hinted};
use crate::authenticator::Catalog;
use crate::authenticator::factor::FactorType;
use crate::directory::groups_of;
use crate::policy::{EnrollmentRequirement, PolicySet, Subject};

/// `GET /api/v1/users/{userId}/factors/catalog`: what the user has, must and may set up.
pub(super) async fn list(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let items = org.store().read(|db| {
        Ok(find_user(db, &caller, &id).and_then(|user| Ok(supported(db, &org, &user)?)))
    })??;
    Ok(listing.whole(items))
}

fn supported(db: &Connection, org: &Org, user: &UserRecord) -> rusqlite::Result<Vec<Value>> {
    let groups = groups_of(db, &user.id)?;
    let who = Subject {
        user: Some(&user.id),
        groups: &groups,
    };
    let policy = PolicySet::load(db)?.enrollment(who).outcome;
    let catalog = Catalog::load(db)?;
    let factors = factors_of(db, user)?;
    let mut items = Vec::new();
    for factor_type in FactorType::ALL {
        let requirement = policy.of(factor_type.key());
        let record = catalog.get(factor_type.key());
        let is_offered =
            record.is_some_and(|record| record.methods().any(|one| one == factor_type.method()));
        if !is_offered || requirement == EnrollmentRequirement::NotAllowed {
            continue;
        }
        let own = factors.iter().find(|one| one.kind == factor_type);
        let status = match own.map(|factor| &factor.state) {
            Some(FactorState::Active(_)) => "ACTIVE",
            Some(FactorState::Pending(_)) => "PENDING_ACTIVATION",
            None => "NOT_SETUP",
        };
        items.push(item(factor_type, status, requirement, user, org));
    }
    Ok(items)
}

fn item(
    factor_type: FactorType,
    status: &str,
    requirement: EnrollmentRequirement,
    user: &UserRecord,
    org: &Org,
) -> Value {
    let (kind, provider) = factor_type.wire();
    let factors = format!("/users/{}/factors", user.id);
    let mut item = json!({
        "factorType": kind,
        "provider": provider,
        "vendorName": provider,
        "status": status,
        "enrollment": if requirement == EnrollmentRequirement::Required { "REQUIRED" } else { "OPTIONAL" },
        "_links": {"enroll": hinted(org.url(), &factors, &["POST"])},
    });
    if factor_type == FactorType::Question {
        let questions = format!("{factors}/questions");
        item["_links"]["questions"] = hinted(org.url(), &questions, &["GET"]);
    }
    item
}
