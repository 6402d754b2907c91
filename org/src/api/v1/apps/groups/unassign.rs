use http::StatusCode;

use super::super::find_app;
use super::super::view::target;
use super::find;
use crate::api::v1::groups;
use crate::api::{ApiError, Change, Path};
use crate::apps::unassign_group;
use crate::directory::end_unassigned;
use crate::events::{Event, EventType, Target};

/// `DELETE /api/v1/apps/{appId}/groups/{groupId}`. Members who have the app by no other way have it no longer.
pub(super) async fn unassign(
    change: Change,
    Path((id, group)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            find(writing.db, &app, &group)?;
            let group = groups::find_group(writing.db, &group)?;
            unassign_group(writing.db, &app.id, group.id.as_str())?;
            end_unassigned(writing.db, None, Some(&app.id), writing.now)?;
            let group = Target::new("UserGroup", group.id.as_str(), "unknown", group.name);
            writing.log(
                Event::of(EventType::AppGroupRemove)
                    .to(target(&app))
                    .to(group),
            )?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
