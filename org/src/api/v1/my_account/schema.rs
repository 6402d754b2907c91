use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use super::{OWN, PROFILE, SCHEMA, custom_now};
use crate::Org;
use crate::api::ApiError;
use crate::directory::{ATTRIBUTES, Attribute, SelfAccess};

/// `GET /idp/myaccount/profile/schema`: what a profile consists of, and what of it people may change.
pub(super) async fn get(State(org): State<Org>) -> Result<Json<Value>, ApiError> {
    let mut properties: Map<String, Value> = ATTRIBUTES
        .iter()
        .map(|attribute| (attribute.name.to_owned(), property(attribute)))
        .collect();
    for attribute in custom_now(&org)? {
        let access = attribute.definition.self_access();
        if access != SelfAccess::Hide {
            let mut shape = serde_json::to_value(&attribute.definition).unwrap_or_default();
            shape["permissions"] = json!({"SELF": access});
            properties.insert(attribute.name, shape);
        }
    }
    Ok(Json(json!({
        "properties": properties,
        "_links": {
            "self": {"href": org.url().to(SCHEMA)},
            "user": {"href": org.url().to(PROFILE)},
        },
    })))
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
