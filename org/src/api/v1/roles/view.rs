use serde_json::{Value, json};

use super::record::{Assignee, Assignment};
use crate::config::OrgUrl;
use crate::events::wire_time;

/// The assignment in Okta's shape.
pub(super) fn view(assignment: &Assignment, url: &OrgUrl) -> Value {
    let (kind, path) = match &assignment.to {
        Assignee::User(id) => ("USER", format!("/api/v1/users/{id}")),
        Assignee::Group(id) => ("GROUP", format!("/api/v1/groups/{id}")),
        Assignee::Client(id) => ("CLIENT", format!("/oauth2/v1/clients/{id}")),
    };
    let created = wire_time(assignment.created_at);
    json!({
        "id": assignment.id,
        "label": assignment.role.label(),
        "type": assignment.role,
        "status": "ACTIVE",
        "created": created,
        "lastUpdated": created,
        "assignmentType": kind,
        "_links": {"assignee": {"href": url.to(&path)}},
    })
}
