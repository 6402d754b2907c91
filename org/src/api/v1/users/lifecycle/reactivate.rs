use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::activate::told;
use super::{sends_email, subject, take};
use crate::Org;
use crate::api::v1::users::letter::link_for;
use crate::api::{ApiError, Change, Listing, Path};
use crate::directory::Operation;
use crate::events::{Event, EventType};
use crate::sign_in::LinkPurpose;

/// `POST /api/v1/users/{id}/lifecycle/reactivate`: another link for somebody who has not used theirs.
pub(in crate::api::v1::users) async fn reactivate(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let sends = sends_email(&listing, false)?;
    let link = change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            let user = take(writing, &user, Operation::Reactivate, false)?;
            let link = link_for(writing, &user, LinkPurpose::Activation, sends)?;
            writing.log(Event::of(EventType::UserLifecycleReactivate).to(user.target()))?;
            Ok(link)
        })
        .await?;
    org.inbox().announce();
    Ok(Json(told(&link, !sends)))
}
