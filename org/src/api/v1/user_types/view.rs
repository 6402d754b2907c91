use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Org;
use crate::api::href;
use crate::directory::{default_schema_id, default_user_type_id};
use crate::events::wire_time;

/// The default type in Okta's shape. It is as old as the org, and nobody made it.
pub(super) fn view(created_at: Timestamp, org: &Org) -> Value {
    let id = default_user_type_id(org.id());
    let own = href(org.url(), &format!("/meta/types/user/{id}"));
    let schema = format!("/meta/schemas/user/{}", default_schema_id(org.id()));
    json!({
        "id": id,
        "name": "user",
        "displayName": "User",
        "description": "Okta user profile template with default permission settings",
        "default": true,
        "created": wire_time(created_at),
        "lastUpdated": wire_time(created_at),
        "_links": {
            "self": {"rel": "self", "href": own, "method": "GET"},
            "schema": {"rel": "schema", "href": href(org.url(), &schema), "method": "GET"},
        },
    })
}
