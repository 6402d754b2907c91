use axum::Json;
use model::GroupId;
use serde::Deserialize;
use serde_json::Value;

use super::find_group;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change};
use crate::directory::{Group, create_group, find_group_by_name};
use crate::events::{Event, EventType};

/// What a group is made of.
#[derive(Debug, Deserialize)]
pub(super) struct NewGroup {
    pub(super) profile: GroupProfile,
}

/// The name and the description of a group.
#[derive(Debug, Deserialize)]
pub(super) struct GroupProfile {
    #[serde(default)]
    name: String,
    description: Option<String>,
}

/// Okta's limits, in characters.
pub(in crate::api::v1) const NAME: usize = 255;
pub(in crate::api::v1) const DESCRIPTION: usize = 1024;

impl GroupProfile {
    /// The name and the description, if they can be those of a group.
    pub(super) fn checked(self) -> Result<(String, String), ApiError> {
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
        Ok((name, description))
    }
}

/// `POST /api/v1/groups`.
pub(super) async fn create(
    change: Change,
    Body(new): Body<NewGroup>,
) -> Result<Json<Value>, ApiError> {
    let (name, description) = new.profile.checked()?;
    change
        .run(move |writing| {
            if find_group_by_name(writing.db, &name)?.is_some() {
                return Err(ApiError::duplicate("name"));
            }
            let id = GroupId::generate(writing.entropy);
            let group = Group {
                id: id.clone(),
                name,
                description,
            };
            create_group(writing.db, &group, writing.now)?;
            let group = find_group(writing.db, id.as_str())?;
            writing.log(Event::of(EventType::GroupCreate).to(target(&group)))?;
            Ok(Json(view(&group, writing.url)))
        })
        .await
}
