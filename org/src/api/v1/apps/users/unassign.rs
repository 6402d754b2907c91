use http::StatusCode;

use super::super::find_app;
use super::super::view::target as app_target;
use super::record::held;
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::apps::unassign_user;
use crate::directory::end_unassigned;
use crate::events::{Event, EventType};

/// `DELETE /api/v1/apps/{appId}/users/{userId}`. What a group gives, only the group can lose.
pub(super) async fn unassign(
    change: Change,
    Path((id, user)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            let held = held(writing.db, &app.id, &user)?;
            if held.group.is_some() {
                return Err(ApiError::invalid(
                    "userId",
                    "The user has the app by a group: take the app from the group, or the user out of it",
                ));
            }
            unassign_user(writing.db, &app.id, &held.user_id)?;
            end_unassigned(writing.db, Some(&held.user_id), Some(&app.id), writing.now)?;
            let event = Event::of(EventType::AppMembershipRemove);
            writing.log(event.to(target(&held)).to(app_target(&app)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
