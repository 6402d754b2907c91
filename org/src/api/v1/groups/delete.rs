use http::StatusCode;

use super::view::target;
use super::{find_group, keep_a_super_admin};
use crate::api::{ApiError, Change, Path};
use crate::directory::end_unassigned;
use crate::events::{Event, EventType};

/// `DELETE /api/v1/groups/{groupId}`. Its members stay; what was assigned to them by it does not.
pub(super) async fn delete(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let group = find_group(writing.db, &id)?;
            if group.is_built_in() {
                return Err(ApiError::forbidden());
            }
            writing.caller.may_fill(writing.db, &id)?;
            writing
                .db
                .prepare_cached("DELETE FROM groups WHERE id = ?1")?
                .execute([&id])?;
            keep_a_super_admin(writing.db)?;
            end_unassigned(writing.db, None, None, writing.now)?;
            writing.log(Event::of(EventType::GroupDelete).to(target(&group)))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
