use axum::Json;
use serde_json::Value;

use super::create::{NewGroup, put_custom};
use super::find_group;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::directory::find_group_by_name;
use crate::events::{Event, EventType};
use crate::store::Moment;

/// `PUT /api/v1/groups/{groupId}`. The built-in group is nobody's to change.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(new): Body<NewGroup>,
) -> Result<Json<Value>, ApiError> {
    let profile = new.profile.checked()?;
    change
        .run(move |writing| {
            let group = find_group(writing.db, &id)?;
            if group.is_built_in() {
                return Err(ApiError::forbidden());
            }
            if find_group_by_name(writing.db, &profile.name)?.is_some_and(|other| other != group.id)
            {
                return Err(ApiError::duplicate("name"));
            }
            writing
                .db
                .prepare_cached(
                    "UPDATE groups SET name = ?2, description = ?3, updated_at = ?4 WHERE id = ?1",
                )?
                .execute((
                    &id,
                    &profile.name,
                    &profile.description,
                    Moment(writing.now),
                ))?;
            put_custom(writing.db, &id, profile.custom(writing.db)?)?;
            let group = find_group(writing.db, &id)?;
            writing.log(Event::of(EventType::GroupUpdate).to(target(&group)))?;
            Ok(Json(view(&group, writing.url)))
        })
        .await
}
