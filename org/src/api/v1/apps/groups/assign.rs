use axum::Json;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::find_app;
use super::super::view::target;
use super::find;
use super::view::view;
use crate::api::v1::groups;
use crate::api::{ApiError, Change, OptionalBody, Path};
use crate::apps::{GroupTerms, put_group};
use crate::events::{Event, EventType, Target};

/// On which terms the group gets the app.
#[derive(Debug, Deserialize)]
pub(super) struct AssignmentBody {
    priority: Option<i64>,
    profile: Option<Map<String, Value>>,
}

/// Okta's limits.
const PRIORITIES: std::ops::RangeInclusive<i64> = 0..=100_000;

/// A priority that an assignment can have.
pub(super) fn check_priority(priority: i64) -> Result<i64, ApiError> {
    if PRIORITIES.contains(&priority) {
        Ok(priority)
    } else {
        Err(ApiError::invalid(
            "priority",
            "The value must be between 0 and 100000",
        ))
    }
}

/// `PUT /api/v1/apps/{appId}/groups/{groupId}`. Of a group that has the app the terms are changed.
pub(super) async fn assign(
    change: Change,
    Path((id, group)): Path<(String, String)>,
    OptionalBody(body): OptionalBody<AssignmentBody>,
) -> Result<Json<Value>, ApiError> {
    let terms = GroupTerms {
        priority: body.priority.map(check_priority).transpose()?,
        profile: body.profile,
    };
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            let group = groups::find_group(writing.db, &group)?;
            if put_group(writing.db, &app.id, &group.id, &terms, writing.now)? {
                let group = Target::new("UserGroup", group.id.as_str(), "unknown", &*group.name);
                writing.log(Event::of(EventType::AppGroupAdd).to(target(&app)).to(group))?;
            }
            let assignment = find(writing.db, &app, group.id.as_str())?;
            Ok(Json(view(&app.id, &assignment, writing.url)))
        })
        .await
}
