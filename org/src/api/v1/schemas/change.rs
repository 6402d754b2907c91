use model::ErrorCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api::{ApiError, Change, Writing};
use crate::directory::{
    ATTRIBUTES, CustomAttribute, Definition, Profiled, delete_custom_attribute,
    list_custom_attributes, put_custom_attribute,
};
use crate::events::{Event, EventType, Target};

/// What is to be changed of a schema. What it does not name stays.
#[derive(Debug, Deserialize)]
pub(super) struct SchemaBody {
    #[serde(default)]
    definitions: Definitions,
}

#[derive(Debug, Default, Deserialize)]
struct Definitions {
    custom: Option<Part>,
    base: Option<Part>,
}

#[derive(Debug, Default, Deserialize)]
struct Part {
    /// By name; null takes one away.
    properties: Option<Map<String, Value>>,
}

/// As many attributes as an org may add.
const MOST: usize = 200;
/// In characters.
const LONGEST_NAME: usize = 50;

/// Writes what a body says. `base` is what the base is: who sends it along sends it as it is.
pub(super) async fn write(
    change: Change,
    of: Profiled,
    (body, base): (SchemaBody, Value),
    target: Target,
) -> Result<(), ApiError> {
    let given = body.definitions.base.and_then(|part| part.properties);
    for (name, value) in given.unwrap_or_default() {
        if base["properties"].get(&name) != Some(&value) {
            return Err(ApiError::new(ErrorCode::NotImplemented).saying(format!(
                "Changing the base attribute {name:?} is not built; custom attributes can be added."
            )));
        }
    }
    let custom = body.definitions.custom.and_then(|part| part.properties);
    let wanted = custom.unwrap_or_default();
    change
        .run(move |writing| {
            let present = list_custom_attributes(writing.db, of)?;
            for (name, value) in wanted {
                write_one(writing, of, &present, (&name, value))?;
            }
            if list_custom_attributes(writing.db, of)?.len() > MOST {
                return Err(ApiError::invalid(
                    "properties",
                    "There are more than 200 attributes",
                ));
            }
            Ok(writing.log(Event::of(EventType::SchemaUpdate).to(target))?)
        })
        .await
}

fn write_one(
    writing: &Writing<'_>,
    of: Profiled,
    present: &[CustomAttribute],
    (name, value): (&str, Value),
) -> Result<(), ApiError> {
    let before = present.iter().find(|attribute| attribute.name == name);
    if value.is_null() {
        return match before {
            Some(_) => Ok(delete_custom_attribute(writing.db, of, name).map(|_| ())?),
            None => Err(ApiError::not_found("UserSchemaAttribute", name)),
        };
    }
    if before.is_none() {
        check_name(of, present, name)?;
    }
    let definition =
        definition(before, value).map_err(|problem| ApiError::invalid(name, &problem))?;
    let attribute = CustomAttribute {
        name: name.to_owned(),
        definition,
    };
    Ok(put_custom_attribute(
        writing.db,
        of,
        &attribute,
        writing.now,
    )?)
}

/// What was, with what the body says in its place. A type stays what it is: there are values of it.
fn definition(before: Option<&CustomAttribute>, value: Value) -> Result<Definition, String> {
    let known = before.and_then(|attribute| serde_json::to_value(&attribute.definition).ok());
    let mut merged = match known {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let Value::Object(members) = value else {
        return Err("An object was expected".to_owned());
    };
    merged.extend(members);
    let definition: Definition = serde_json::from_value(merged.into())
        .map_err(|error| format!("The definition cannot be read: {error}"))?;
    if before.is_some_and(|before| before.definition.value_type != definition.value_type) {
        return Err("type: The type of an attribute cannot be changed".to_owned());
    }
    definition.completed()
}

/// Names that differ in letter case alone are taken as well.
fn check_name(of: Profiled, present: &[CustomAttribute], name: &str) -> Result<(), ApiError> {
    const RESERVED: [&str; 4] = ["id", "status", "name", "description"];
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.len() <= LONGEST_NAME;
    if !is_word {
        let message =
            "A name begins with a letter and has at most 50 letters, digits and underscores";
        return Err(ApiError::invalid("properties", message));
    }
    let is_same = |other: &str| other.eq_ignore_ascii_case(name);
    let is_base = of == Profiled::User && ATTRIBUTES.iter().any(|base| is_same(base.name));
    let is_taken = present.iter().any(|attribute| is_same(&attribute.name));
    if is_base || is_taken || RESERVED.iter().any(|reserved| is_same(reserved)) {
        return Err(ApiError::invalid(
            name,
            "There is an attribute of this name, or Okta uses it itself",
        ));
    }
    Ok(())
}
