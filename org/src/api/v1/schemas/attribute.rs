use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

use crate::directory::{Attribute, CustomAttribute};

/// An attribute of a user's profile in Okta's shape.
pub(super) fn attribute_view(attribute: &Attribute) -> Value {
    let mut view = text_view(
        attribute.title,
        attribute.length.as_ref(),
        attribute.is_required,
        attribute.is_own,
    );
    if let Some(format) = attribute.format {
        view["format"] = json!(format);
    }
    view
}

/// A text of a profile. A length is in characters; what has no least or no greatest one does not say any.
pub(super) fn text_view(
    title: &str,
    length: Option<&RangeInclusive<usize>>,
    is_required: bool,
    is_own: bool,
) -> Value {
    let action = if is_own { "READ_WRITE" } else { "READ_ONLY" };
    let mut view = json!({
        "title": title,
        "type": "string",
        "mutability": "READ_WRITE",
        "scope": "NONE",
        "permissions": [{"principal": "SELF", "action": action}],
        "master": {"type": "PROFILE_MASTER"},
    });
    if is_required {
        view["required"] = json!(true);
    }
    if let Some(length) = length {
        if *length.start() > 0 {
            view["minLength"] = json!(length.start());
        }
        view["maxLength"] = json!(length.end());
    }
    view
}

/// The part of a schema that people make.
pub(super) fn custom_view(custom: &[CustomAttribute]) -> Value {
    let required = custom
        .iter()
        .filter(|attribute| attribute.definition.is_required());
    let required: Vec<&str> = required.map(|attribute| attribute.name.as_str()).collect();
    let properties: Map<String, Value> = custom
        .iter()
        .map(|attribute| (attribute.name.clone(), json!(attribute.definition)))
        .collect();
    json!({"id": "#custom", "type": "object", "properties": properties, "required": required})
}

/// What a whole profile is: the base and what was added to it.
pub(super) fn profile_view() -> Value {
    json!({"profile": {"allOf": [{"$ref": "#/definitions/custom"}, {"$ref": "#/definitions/base"}]}})
}

/// The dialect of Okta's schemas.
pub(super) const DIALECT: &str = "http://json-schema.org/draft-04/schema#";
