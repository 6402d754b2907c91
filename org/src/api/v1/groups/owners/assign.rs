use axum::Json;
use http::StatusCode;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::Value;

use super::record::{OWNERS, OwnerRecord, OwnerType, from_row};
use crate::api::v1::groups::{find_group, target};
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::store::Moment;

/// Who is to own the group.
#[derive(Debug, Deserialize)]
pub(super) struct NewOwner {
    id: String,
    #[serde(rename = "type")]
    owner_type: OwnerType,
}

/// As many owners as a group may have.
const MOST: usize = 100;

/// `POST /api/v1/groups/{groupId}/owners`.
pub(super) async fn assign(
    change: Change,
    Path(id): Path<String>,
    Body(new): Body<NewOwner>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    change
        .run(move |writing| {
            let group = find_group(writing.db, &id)?;
            let (user, owner) = match new.owner_type {
                OwnerType::User => {
                    let user = find_user(writing.db, writing.caller, &new.id)?;
                    (Some(user.id.to_string()), None)
                }
                OwnerType::Group => (None, Some(find_group(writing.db, &new.id)?.id.to_string())),
            };
            let known = owners_of(writing.db, group.id.as_str())?;
            let owner_id = user.as_ref().or(owner.as_ref()).cloned().unwrap_or_default();
            if known.iter().any(|one| one.id == owner_id) {
                return Err(ApiError::invalid("id", "The group has this owner already"));
            }
            if known.len() >= MOST {
                return Err(ApiError::invalid("id", "A group has at most 100 owners"));
            }
            writing
                .db
                .prepare_cached(
                    "INSERT INTO group_owners (group_id, user_id, owner_group_id, updated_at) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((group.id.as_str(), user, owner, Moment(writing.now)))?;
            let owners = owners_of(writing.db, group.id.as_str())?;
            let owner = owners.into_iter().find(|one| one.id == owner_id);
            let owner = owner.ok_or_else(|| ApiError::not_found("GroupOwner", &owner_id))?;
            let event = Event::of(EventType::GroupUpdate).to(target(&group));
            writing.log(event.debug("ownerAdded", owner.id.as_str()))?;
            Ok((StatusCode::CREATED, Json(owner.view())))
        })
        .await
}

/// The owners of a group, by id.
pub(super) fn owners_of(db: &Connection, group: &str) -> rusqlite::Result<Vec<OwnerRecord>> {
    db.prepare_cached(&format!(
        "SELECT * FROM {OWNERS} WHERE group_id = ?1 ORDER BY id"
    ))?
    .query_map([group], from_row)?
    .collect()
}
