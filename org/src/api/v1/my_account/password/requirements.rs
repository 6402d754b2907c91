use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::Org;
use crate::api::v1::my_account::authenticators::Own;
use crate::api::{ApiError, Caller};
use crate::authenticator::password::requirements::sentences;
use crate::config::OrgUrl;
use crate::interaction::rules_of;
use crate::policy::Subject;

/// Where they are.
pub(in crate::api::v1::my_account) const PATH: &str =
    "/idp/myaccount/password/complexity-requirements";

/// `GET /idp/myaccount/password/complexity-requirements`.
pub(super) async fn get(State(org): State<Org>, caller: Caller) -> Result<Json<Value>, ApiError> {
    let own = org.store().read(|db| Own::load(db, &org, &caller))??;
    Ok(Json(of(&own, org.url())))
}

/// What the person's password policy asks of a new password.
pub(in crate::api::v1::my_account) fn of(own: &Own, url: &OrgUrl) -> Value {
    let subject = Subject {
        user: Some(&own.user.id),
        groups: &own.groups,
    };
    let rules = rules_of(&own.policies.password(subject).outcome);
    let excluded = [
        (rules.exclude_first_name, "firstName"),
        (rules.exclude_last_name, "lastName"),
    ];
    let excluded: Vec<&str> = excluded
        .into_iter()
        .filter_map(|(is_excluded, name)| is_excluded.then_some(name))
        .collect();
    json!({
        "description": format!("Password requirements: {}.", sentences(&rules).join(", ")),
        "complexity": {
            "minLength": rules.min_length,
            "minLowerCase": rules.min_lower_case,
            "minUpperCase": rules.min_upper_case,
            "minNumber": rules.min_number,
            "minSymbol": rules.min_symbol,
            "excludeUsername": rules.exclude_username,
            "excludeAttributes": excluded,
        },
        "_links": {"self": {"href": url.to(PATH), "hints": {"allow": ["GET"]}}},
    })
}
