//! `OpenAPI` 3.0 writes schemas in a dialect of its own; this makes JSON Schema of it.

use serde_json::{Map, Value, json};

/// All schemas of an object.
pub(super) fn to_json_schema(schemas: &mut Value) {
    if let Some(schemas) = schemas.as_object_mut() {
        schemas.values_mut().for_each(to_json_schema_at);
    }
}

/// One schema with all that is in it.
pub(super) fn to_json_schema_at(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(to_json_schema_at),
        Value::Object(fields) => {
            // Examples look like schemas and are none.
            fields.retain(|name, _| !["example", "examples", "default"].contains(&name.as_str()));
            tell_apart(fields);
            // `additionalProperties` of this form stand for anything, in embedded objects.
            if fields.get("properties") == Some(&json!({})) {
                fields.clear();
            }
            fields.values_mut().for_each(to_json_schema_at);
            let is_nullable = fields.remove("nullable") == Some(Value::Bool(true));
            if is_nullable {
                let schema_without = std::mem::take(fields);
                fields.insert(
                    "anyOf".to_owned(),
                    json!([{"type": "null"}, schema_without]),
                );
            }
        }
        _ => {}
    }
}

/// Kinds that a discriminator names become conditions: what says that it is of a kind must fit that kind, and the error says
/// how it does not. Without one, an answer may fit several kinds.
fn tell_apart(fields: &mut Map<String, Value>) {
    let kinds = fields.remove("oneOf");
    let discriminator = fields.remove("discriminator").unwrap_or_default();
    let (name, mapping) = (&discriminator["propertyName"], &discriminator["mapping"]);
    let (Some(kinds), Some(name), Some(mapping)) = (&kinds, name.as_str(), mapping.as_object())
    else {
        if let Some(kinds) = kinds {
            fields.insert("anyOf".to_owned(), kinds);
        }
        return;
    };
    let listed = |target: &Value| {
        kinds
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|kind| kind["$ref"] == *target))
    };
    let conditions = mapping
        .iter()
        .filter(|(_, target)| listed(target))
        .map(|(value, target)| {
            json!({
                "if": {"properties": {name: {"const": value}}, "required": [name]},
                "then": {"$ref": target},
            })
        });
    fields.insert("allOf".to_owned(), conditions.collect());
}
