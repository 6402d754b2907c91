use axum::Json;
use model::GroupId;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::find_group;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change};
use crate::directory::{Group, Profiled, create_group, find_group_by_name, list_custom_attributes};
use crate::events::{Event, EventType};
use crate::store::Json as Stored;

/// What a group is made of.
#[derive(Debug, Deserialize)]
pub(super) struct NewGroup {
    pub(super) profile: GroupProfile,
}

/// The name and the description of a group, and what people added.
#[derive(Debug, Deserialize)]
pub(super) struct GroupProfile {
    #[serde(default)]
    name: String,
    description: Option<String>,
    #[serde(flatten)]
    custom: Map<String, Value>,
}

/// A profile that can be that of a group, as far as it can be judged by itself.
pub(super) struct CheckedProfile {
    pub(super) name: String,
    pub(super) description: String,
    custom: Map<String, Value>,
}

/// Okta's limits, in characters.
pub(in crate::api::v1) const NAME: usize = 255;
pub(in crate::api::v1) const DESCRIPTION: usize = 1024;

impl GroupProfile {
    pub(super) fn checked(self) -> Result<CheckedProfile, ApiError> {
        let name = self.name.trim().to_owned();
        let description = self.description.unwrap_or_default();
        if name.is_empty() {
            return Err(ApiError::invalid("name", "The field cannot be left blank"));
        }
        if name.chars().count() > NAME {
            return Err(ApiError::invalid(
                "name",
                "String cannot be longer than 255 characters",
            ));
        }
        if description.chars().count() > DESCRIPTION {
            return Err(ApiError::invalid(
                "description",
                "String cannot be longer than 1024 characters",
            ));
        }
        Ok(CheckedProfile {
            name,
            description,
            custom: self.custom,
        })
    }
}

impl CheckedProfile {
    /// The values of the attributes that were added; one that is not named has none.
    pub(super) fn custom(&self, db: &Connection) -> Result<Map<String, Value>, ApiError> {
        let known = list_custom_attributes(db, Profiled::Group)?;
        let is_known = |name: &String| known.iter().any(|attribute| attribute.name == *name);
        if let Some(name) = self.custom.keys().find(|name| !is_known(name)) {
            let cause = format!("Property name '{name}' is not defined in profile");
            return Err(ApiError::validation("profile").because(cause));
        }
        let mut values = Map::new();
        for attribute in known {
            let given = self
                .custom
                .get(&attribute.name)
                .cloned()
                .unwrap_or_default();
            let checked = attribute.definition.check(given);
            let value = checked.map_err(|problem| ApiError::invalid(&attribute.name, &problem))?;
            values.extend(value.map(|value| (attribute.name, value)));
        }
        Ok(values)
    }
}

/// Gives a group the values of the attributes that were added.
pub(super) fn put_custom(
    db: &Connection,
    id: &str,
    custom: Map<String, Value>,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE groups SET custom = ?2 WHERE id = ?1")?
        .execute((id, Stored(custom)))?;
    Ok(())
}

/// `POST /api/v1/groups`.
pub(super) async fn create(
    change: Change,
    Body(new): Body<NewGroup>,
) -> Result<Json<Value>, ApiError> {
    let profile = new.profile.checked()?;
    change
        .run(move |writing| {
            if find_group_by_name(writing.db, &profile.name)?.is_some() {
                return Err(ApiError::duplicate("name"));
            }
            let custom = profile.custom(writing.db)?;
            let id = GroupId::generate(writing.entropy);
            let group = Group {
                id: id.clone(),
                name: profile.name,
                description: profile.description,
            };
            create_group(writing.db, &group, writing.now)?;
            put_custom(writing.db, id.as_str(), custom)?;
            let group = find_group(writing.db, id.as_str())?;
            writing.log(Event::of(EventType::GroupCreate).to(target(&group)))?;
            Ok(Json(view(&group, writing.url)))
        })
        .await
}
