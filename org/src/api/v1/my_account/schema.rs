use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use super::{OWN, PROFILE, SCHEMA};
use crate::Org;
use crate::directory::{ATTRIBUTES, Attribute};

/// `GET /idp/myaccount/profile/schema`: what a profile consists of, and what of it people may change.
pub(super) async fn get(State(org): State<Org>) -> Json<Value> {
    let properties: Map<String, Value> = ATTRIBUTES
        .iter()
        .map(|attribute| (attribute.name.to_owned(), property(attribute)))
        .collect();
    Json(json!({
        "properties": properties,
        "_links": {
            "self": {"href": org.url().to(SCHEMA)},
            "user": {"href": org.url().to(PROFILE)},
        },
    }))
}

fn property(attribute: &Attribute) -> Value {
    let permission = if OWN.contains(&attribute.name) {
        "READ_WRITE"
    } else {
        "READ_ONLY"
    };
    let mut property = json!({
        "title": attribute.name,
        "type": "string",
        "permissions": {"SELF": permission},
    });
    if let Some(length) = &attribute.length {
        property["maxLength"] = json!(length.end());
        if *length.start() > 0 {
            property["minLength"] = json!(length.start());
        }
    }
    if attribute.is_required {
        property["required"] = json!(true);
    }
    property
}
