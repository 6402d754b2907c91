use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::attribute::{DIALECT, custom_view, profile_view, text_view};
use crate::Org;
use crate::api::v1::groups::{DESCRIPTION, NAME};
use crate::api::{ApiError, href};
use crate::events::wire_time;
use crate::settings::find_general;

const PATH: &str = "/meta/schemas/group/default";

/// `GET /api/v1/meta/schemas/group/default`.
pub(super) async fn get(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    let created_at = wire_time(org.store().read(find_general)?.created_at);
    let name = text_view("Name", Some(&(1..=NAME)), true, false);
    let description = text_view("Description", Some(&(0..=DESCRIPTION)), false, false);
    Ok(Json(json!({
        "id": org.url().to(PATH),
        "$schema": DIALECT,
        "name": "group",
        "title": "Okta group",
        "description": "Okta group profile template",
        "type": "object",
        "created": created_at,
        "lastUpdated": created_at,
        "definitions": {
            "custom": custom_view(),
            "base": {
                "id": "#base",
                "type": "object",
                "properties": {"name": name, "description": description},
                "required": ["name"],
            },
        },
        "properties": profile_view(),
        "_links": {"self": {"rel": "self", "href": href(org.url(), PATH), "method": "GET"}},
    })))
}
