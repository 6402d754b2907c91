use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::attribute::{DIALECT, custom_view, profile_view, text_view};
use super::change::{SchemaBody, write};
use crate::Org;
use crate::api::v1::groups::{DESCRIPTION, NAME};
use crate::api::{ApiError, Body, Change, href};
use crate::directory::{Profiled, list_custom_attributes, schema_changed_at};
use crate::events::{Target, wire_time};
use crate::settings::find_general;

const PATH: &str = "/meta/schemas/group/default";

/// `GET /api/v1/meta/schemas/group/default`.
pub(super) async fn get(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    Ok(Json(view(&org)?))
}

/// `POST /api/v1/meta/schemas/group/default`: adds, changes and takes away attributes that people added.
pub(super) async fn update(
    State(org): State<Org>,
    change: Change,
    Body(body): Body<SchemaBody>,
) -> Result<Json<Value>, ApiError> {
    let target = Target::new("GroupSchema", "default", "unknown", "Okta group");
    let base = view(&org)?["definitions"]["base"].take();
    write(change, Profiled::Group, (body, base), target).await?;
    Ok(Json(view(&org)?))
}

fn view(org: &Org) -> Result<Value, ApiError> {
    let (record, custom, changed_at) = org.store().read(|db| {
        let custom = list_custom_attributes(db, Profiled::Group)?;
        Ok((
            find_general(db)?,
            custom,
            schema_changed_at(db, Profiled::Group)?,
        ))
    })?;
    let created_at = record.created_at;
    let name = text_view("Name", Some(&(1..=NAME)), true, false);
    let description = text_view("Description", Some(&(0..=DESCRIPTION)), false, false);
    Ok(json!({
        "id": org.url().to(PATH),
        "$schema": DIALECT,
        "name": "group",
        "title": "Okta group",
        "description": "Okta group profile template",
        "type": "object",
        "created": wire_time(created_at),
        "lastUpdated": wire_time(changed_at.unwrap_or(created_at)),
        "definitions": {
            "custom": custom_view(&custom),
            "base": {
                "id": "#base",
                "type": "object",
                "properties": {"name": name, "description": description},
                "required": ["name"],
            },
        },
        "properties": profile_view(),
        "_links": {"self": {"rel": "self", "href": href(org.url(), PATH), "method": "GET"}},
    }))
}
