use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::attribute::{DIALECT, attribute_view, custom_view, profile_view};
use crate::Org;
use crate::api::{ApiError, Path, href};
use crate::directory::{ATTRIBUTES, default_schema_id, default_user_type_id};
use crate::events::wire_time;
use crate::settings::find_general;

/// `GET /api/v1/meta/schemas/user/{schemaId}`, by its id or as `default`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    if id != "default" && id != default_schema_id(org.id()) {
        return Err(ApiError::not_found("UserSchema", &id));
    }
    let record = org.store().read(find_general)?;
    Ok(Json(view(record.created_at, &org)))
}

/// The schema of the default type in Okta's shape.
fn view(created_at: Timestamp, org: &Org) -> Value {
    let path = format!("/meta/schemas/user/{}", default_schema_id(org.id()));
    let user_type = format!("/meta/types/user/{}", default_user_type_id(org.id()));
    let required = ATTRIBUTES.iter().filter(|attribute| attribute.is_required);
    let required: Vec<&str> = required.map(|attribute| attribute.name).collect();
    let properties: Map<String, Value> = ATTRIBUTES
        .iter()
        .map(|attribute| (attribute.name.to_owned(), attribute_view(attribute)))
        .collect();
    json!({
        "id": org.url().to(&path),
        "$schema": DIALECT,
        "name": "user",
        "title": "User",
        "description": "Okta user profile template with default permission settings",
        "type": "object",
        "created": wire_time(created_at),
        "lastUpdated": wire_time(created_at),
        "definitions": {
            "custom": custom_view(),
            "base": {"id": "#base", "type": "object", "properties": properties, "required": required},
        },
        "properties": profile_view(),
        "_links": {
            "self": {"rel": "self", "href": href(org.url(), &path), "method": "GET"},
            "type": {"rel": "type", "href": href(org.url(), &user_type), "method": "GET"},
        },
    })
}
