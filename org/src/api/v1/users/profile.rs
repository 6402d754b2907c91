//! Profiles as requests bring them.

use rusqlite::Connection;
use serde_json::{Map, Value};
use url::Url;

use crate::api::ApiError;
use crate::authenticator::email::EmailAddress;
use crate::directory::{
    ATTRIBUTES, Attribute, CustomAttribute, Profile, Profiled, check_login, find_attribute,
    list_custom_attributes,
};

const BLANK: &str = "The field cannot be left blank";

/// The attributes of users that were added.
pub(in crate::api::v1) fn custom_of_users(
    db: &Connection,
) -> rusqlite::Result<Vec<CustomAttribute>> {
    list_custom_attributes(db, Profiled::User)
}

/// A profile that consists of `values` alone. `object` is what an error says that it is about, `custom` the attributes that were
/// added.
pub(in crate::api::v1) fn whole(
    values: Map<String, Value>,
    object: &str,
    custom: &[CustomAttribute],
) -> Result<Profile, ApiError> {
    let mut values = values;
    for attribute in ATTRIBUTES.iter().filter(|attribute| attribute.is_required) {
        values.entry(attribute.name).or_insert(Value::Null);
    }
    for attribute in custom {
        values.entry(attribute.name.as_str()).or_insert(Value::Null);
    }
    merged(&Profile::default(), values, object, custom)
}

/// A profile with `changes`: null takes an attribute away.
pub(in crate::api::v1) fn merged(
    profile: &Profile,
    changes: Map<String, Value>,
    object: &str,
    custom: &[CustomAttribute],
) -> Result<Profile, ApiError> {
    let mut attributes = match serde_json::to_value(profile) {
        Ok(Value::Object(attributes)) => attributes,
        _ => Map::new(),
    };
    let mut flaws = Flaws::default();
    for (name, value) in changes {
        let added = custom.iter().find(|attribute| attribute.name == name);
        let checked = match (find_attribute(&name), added) {
            (Some(attribute), _) => checked(attribute, value).map(|text| text.map(Value::from)),
            (None, Some(added)) => added.definition.check(value),
            (None, None) => {
                flaws.unknown(&name);
                continue;
            }
        };
        match checked {
            Ok(Some(value)) => _ = attributes.insert(name, value),
            Ok(None) => _ = attributes.remove(&name),
            Err(message) => flaws.add(&name, &message),
        }
    }
    flaws.none_in(object)?;
    serde_json::from_value(attributes.into()).map_err(|_| ApiError::validation(object))
}

/// The text to keep, if any; the error says why it cannot be kept.
fn checked(attribute: &Attribute, value: Value) -> Result<Option<String>, String> {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        _ => return Err("The value is not a string".to_owned()),
    };
    if text.trim().is_empty() {
        return if attribute.is_required {
            Err(BLANK.to_owned())
        } else {
            Ok(None)
        };
    }
    if let Some(length) = &attribute.length {
        let count = text.chars().count();
        if count < *length.start() || count > *length.end() {
            let (from, to) = (length.start(), length.end());
            return Err(format!("The field must have {from} to {to} characters"));
        }
    }
    form_of(attribute.name, text).map(Some)
}

/// The form in which the text is kept.
fn form_of(name: &str, text: String) -> Result<String, String> {
    match name {
        "login" => check_login(&text).map_err(|error| error.to_string()),
        "email" | "secondEmail" => {
            EmailAddress::parse(&text).map_err(|_| "Does not match required pattern".to_owned())?;
            Ok(text.trim().to_owned())
        }
        "profileUrl" => {
            let is_web =
                Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if is_web {
                Ok(text)
            } else {
                Err("The value is not an address of the web".to_owned())
            }
        }
        _ => Ok(text),
    }
}

/// What is wrong with a profile.
#[derive(Default)]
struct Flaws {
    /// The first attribute at fault, which the summary names.
    field: Option<String>,
    causes: Vec<String>,
}

impl Flaws {
    fn add(&mut self, name: &str, message: &str) {
        self.field.get_or_insert_with(|| name.to_owned());
        self.causes.push(format!("{name}: {message}"));
    }

    fn unknown(&mut self, name: &str) {
        self.causes
            .push(format!("Property name '{name}' is not defined in profile"));
    }

    fn none_in(self, object: &str) -> Result<(), ApiError> {
        if self.causes.is_empty() {
            return Ok(());
        }
        let what = self.field.as_deref().unwrap_or(object);
        Err(ApiError::validation(what).because_all(self.causes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).expect("an object")
    }

    fn john() -> Value {
        json!({"login": "john@example.com", "email": "john@example.com", "firstName": "John", "lastName": "Doe"})
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name_and_null_takes_away() {
        let john = whole(map(john()), "newUser", &[]).expect("a profile");
        let moved = merged(
            &john,
            map(json!({"city": "Bern", "title": "Dr"})),
            "user",
            &[],
        )
        .expect("a profile");
        assert_eq!(moved.city.as_deref(), Some("Bern"));
        let gone = merged(&moved, map(json!({"city": null, "title": ""})), "user", &[])
            .expect("a profile");
        assert_eq!(gone, john);
    }

    #[test]
    fn what_a_profile_cannot_hold_is_refused_with_its_name() {
        for (change, about) in [
            (json!({"login": ""}), "login"),
            (json!({"login": null}), "login"),
            (json!({"login": "abc"}), "login"),
            (json!({"login": "john doe@example.com"}), "login"),
            (json!({"login": "x".repeat(101)}), "login"),
            (json!({"email": "john"}), "email"),
            (json!({"secondEmail": "a@b@c"}), "secondEmail"),
            (json!({"firstName": "x".repeat(51)}), "firstName"),
            (json!({"lastName": 7}), "lastName"),
            (json!({"countryCode": "CHE"}), "countryCode"),
            (json!({"profileUrl": "javascript:alert(1)"}), "profileUrl"),
            (json!({"city": {"name": "Bern"}}), "city"),
            (json!({"notValid": "x"}), "newUser"),
        ] {
            let mut values = map(john());
            values.extend(map(change.clone()));
            let error = whole(values, "newUser", &[]).expect_err("refused");
            assert_eq!(
                error.to_string(),
                format!("E0000001: Api validation failed: {about}"),
                "{change}"
            );
        }
    }

    #[test]
    fn letters_of_three_bytes_are_kept() {
        let mut values = map(john());
        values.insert("firstName".to_owned(), "李".into());
        assert_eq!(
            whole(values, "newUser", &[]).expect("a profile").first_name,
            "李"
        );
    }
}
