use http::StatusCode;

use super::Place;
use super::place::Found;
use crate::api::v1::apps::app_target;
use crate::api::{ApiError, Change, Writing};
use crate::events::{self, Event, EventType};
use crate::oauth::refresh::{end_refresh_grant, end_refresh_grants, find_refresh_grant};

/// Ends all of them, with the access tokens that they gave.
pub(super) async fn all(change: Change, place: Place) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let found = find(writing, &place)?;
            let ended = end_refresh_grants(writing.db, found.whose(), writing.now)?;
            if ended > 0 {
                let event = Event::of(EventType::TokenRevoke).to(app_target(found.app()));
                let user = found.user().map(|(_, target)| target.clone());
                writing.log(user.into_iter().fold(event, Event::to))?;
            }
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// Ends one, with the access tokens that it gave.
pub(super) async fn one(change: Change, place: Place, id: String) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let found = find(writing, &place)?;
            let grant = find_refresh_grant(writing.db, found.whose(), &id, writing.now)?
                .ok_or_else(|| ApiError::not_found("OAuth2RefreshToken", &id))?;
            end_refresh_grant(writing.db, &grant.id, writing.now)?;
            let user = events::user_of(writing.db, &grant.user_id)?;
            let event = Event::of(EventType::TokenRevoke).to(app_target(found.app()));
            writing.log(event.to(user))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// What the path means, if the caller may change it.
fn find(writing: &Writing<'_>, place: &Place) -> Result<Found, ApiError> {
    let found = place.find(writing.db, writing.caller)?;
    if let Some((user, _)) = found.user() {
        writing.caller.may_act_on(writing.db, user)?;
    }
    Ok(found)
}
