use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::{is_ready, sends_email, subject, take};
use crate::Org;
use crate::api::v1::users::address::vouch_for_address;
use crate::api::v1::users::letter::link_for;
use crate::api::{ApiError, Change, Listing, Path};
use crate::directory::{Operation, UserStatus};
use crate::events::{Event, EventType};
use crate::sign_in::{LinkPurpose, UserLink};

/// `POST /api/v1/users/{id}/lifecycle/activate`.
pub(in crate::api::v1::users) async fn activate(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let sends = sends_email(&listing, true)?;
    let policies = org.store().read(|db| org.kit().policies.current(db))?;
    let link = change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            let is_ready = is_ready(writing.db, &policies, &user)?;
            let user = take(writing, &user, Operation::Activate, is_ready)?;
            vouch_for_address(writing, &user)?;
            let is_sent = sends && user.status == UserStatus::Provisioned;
            let link = link_for(writing, &user, LinkPurpose::Activation, is_sent)?;
            writing.log(Event::of(EventType::UserLifecycleActivate).to(user.target()))?;
            Ok(link)
        })
        .await?;
    org.inbox().announce();
    Ok(Json(told(&link, !sends)))
}

/// The link, for those who send it themselves.
pub(super) fn told(link: &UserLink, is_told: bool) -> Value {
    if is_told {
        json!({"activationUrl": link.address, "activationToken": link.token.expose()})
    } else {
        json!({})
    }
}
