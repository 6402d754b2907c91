//! OpenAPI 3.0 writes schemas in a dialect of its own; this makes JSON Schema of it.

use serde_json::{Value, json};

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
            fields.retain(|name, _| {
                !["example", "examples", "default", "discriminator"].contains(&name.as_str())
            });
            // An answer may fit several of the kinds that a discriminator would tell apart.
            if let Some(kinds) = fields.remove("oneOf") {
                fields.insert("anyOf".to_owned(), kinds);
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
