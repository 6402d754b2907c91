use model::AppId;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::super::view::with_embedded;
use crate::api::v1::groups;
use crate::api::{ApiError, link};
use crate::apps::GroupAssignment;
use crate::config::OrgUrl;
use crate::events::wire_time;

/// The assignment in Okta's shape.
pub(super) fn view(app: &AppId, assignment: &GroupAssignment, url: &OrgUrl) -> Value {
    let group = &assignment.group_id;
    json!({
        "id": group,
        "lastUpdated": wire_time(assignment.updated_at),
        "priority": assignment.priority,
        "profile": assignment.profile,
        "_links": {
            "app": link(url, &format!("/apps/{app}")),
            "self": link(url, &format!("/apps/{app}/groups/{group}")),
            "group": link(url, &format!("/groups/{group}")),
        },
    })
}

/// The same with the group in it, when that was asked for by `expand=group`.
pub(super) fn expanded(
    db: &Connection,
    app: &AppId,
    assignment: &GroupAssignment,
    url: &OrgUrl,
    with_group: bool,
) -> Result<Value, ApiError> {
    let shape = view(app, assignment, url);
    if !with_group {
        return Ok(shape);
    }
    let group = groups::find_group(db, assignment.group_id.as_str())?;
    let group = json!({
        "id": group.id,
        "type": group.kind,
        "profile": {"name": group.name, "description": group.description},
        "_links": {"self": link(url, &format!("/groups/{}", group.id))},
    });
    Ok(with_embedded(shape, "group", group))
}

/// Whether `expand` asks for the group. Metadata is not kept.
pub(super) fn asks_for_group(expand: Option<&str>) -> Result<bool, ApiError> {
    match expand {
        None => Ok(false),
        Some("group") => Ok(true),
        Some(_) => Err(ApiError::invalid("expand", "Expected group")),
    }
}
