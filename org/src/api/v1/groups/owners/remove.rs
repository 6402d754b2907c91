use http::StatusCode;

use crate::api::v1::groups::{find_group, target};
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};

/// `DELETE /api/v1/groups/{groupId}/owners/{ownerId}`.
pub(super) async fn remove(
    change: Change,
    Path((id, owner)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let group = find_group(writing.db, &id)?;
            let removed = writing
                .db
                .prepare_cached("DELETE FROM group_owners WHERE group_id = ?1 AND owner_id = ?2")?
                .execute((group.id.as_str(), &owner))?;
            if removed == 0 {
                return Err(ApiError::not_found("GroupOwner", &owner));
            }
            let event = Event::of(EventType::GroupUpdate).to(target(&group));
            writing.log(event.debug("ownerRemoved", owner.as_str()))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
