use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use super::attribute::{DIALECT, attribute_view, custom_view, profile_view};
use super::change::{SchemaBody, write};
use crate::Org;
use crate::api::{ApiError, Body, Change, Path, href};
use crate::directory::{
    ATTRIBUTES, Profiled, default_schema_id, default_user_type_id, list_custom_attributes,
    schema_changed_at,
};
use crate::events::{Target, wire_time};
use crate::settings::find_general;

/// `GET /api/v1/meta/schemas/user/{schemaId}`, by its id or as `default`.
pub(super) async fn get(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    check_id(&org, &id)?;
    Ok(Json(view(&org)?))
}

/// `POST /api/v1/meta/schemas/user/{schemaId}`: adds, changes and takes away attributes that people added.
pub(super) async fn update(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<SchemaBody>,
) -> Result<Json<Value>, ApiError> {
    check_id(&org, &id)?;
    let target = Target::new("UserSchema", default_schema_id(org.id()), "unknown", "User");
    let base = view(&org)?["definitions"]["base"].take();
    write(change, Profiled::User, (body, base), target).await?;
    Ok(Json(view(&org)?))
}

fn check_id(org: &Org, id: &str) -> Result<(), ApiError> {
    if id == "default" || id == default_schema_id(org.id()) {
        Ok(())
    } else {
        Err(ApiError::not_found("UserSchema", id))
    }
}

/// The schema of the default type in Okta's shape.
fn view(org: &Org) -> Result<Value, ApiError> {
    let (record, custom, changed_at) = org.store().read(|db| {
        let custom = list_custom_attributes(db, Profiled::User)?;
        Ok((
            find_general(db)?,
            custom,
            schema_changed_at(db, Profiled::User)?,
        ))
    })?;
    let created_at = record.created_at;
    let path = format!("/meta/schemas/user/{}", default_schema_id(org.id()));
    let user_type = format!("/meta/types/user/{}", default_user_type_id(org.id()));
    let required = ATTRIBUTES.iter().filter(|attribute| attribute.is_required);
    let required: Vec<&str> = required.map(|attribute| attribute.name).collect();
    let properties: Map<String, Value> = ATTRIBUTES
        .iter()
        .map(|attribute| (attribute.name.to_owned(), attribute_view(attribute)))
        .collect();
    Ok(json!({
        "id": org.url().to(&path),
        "$schema": DIALECT,
        "name": "user",
        "title": "User",
        "description": "Okta user profile template with default permission settings",
        "type": "object",
        "created": wire_time(created_at),
        "lastUpdated": wire_time(changed_at.unwrap_or(created_at)),
        "definitions": {
            "custom": custom_view(&custom),
            "base": {"id": "#base", "type": "object", "properties": properties, "required": required},
        },
        "properties": profile_view(),
        "_links": {
            "self": {"rel": "self", "href": href(org.url(), &path), "method": "GET"},
            "type": {"rel": "type", "href": href(org.url(), &user_type), "method": "GET"},
        },
    }))
}
