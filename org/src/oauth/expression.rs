//! The part of Okta's expression language that claims of the local org may use.

use serde_json::Value;

use crate::directory::User;

/// An expression: texts and attributes of the user, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expression(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    /// `user.id`
    Id,
    /// An attribute of the profile, by its name.
    Attribute(String),
}

/// In characters.
const LONGEST: usize = 1024;

impl Expression {
    /// Reads an expression: `user.email`, `appuser.userName`, `"text"`, and any of them joined by `+`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.chars().count() > LONGEST {
            return Err("The expression is longer than 1024 characters".to_owned());
        }
        let mut parts = Vec::new();
        let mut rest = text.trim_start();
        loop {
            let (part, behind) = part(rest)?;
            parts.push(part);
            rest = behind.trim_start();
            match rest.strip_prefix('+') {
                Some(behind) => rest = behind.trim_start(),
                None if rest.is_empty() => return Ok(Self(parts)),
                None => return Err(unbuilt()),
            }
        }
    }

    /// What it is for this user. Nothing when it is an attribute that the user does not have.
    pub(crate) fn value(&self, user: &User) -> Option<Value> {
        let profile = serde_json::to_value(&user.profile).unwrap_or_default();
        let of = |part: &Part| match part {
            Part::Literal(text) => Some(Value::from(text.as_str())),
            Part::Id => Some(Value::from(user.id.as_str())),
            Part::Attribute(name) => profile.get(name).filter(|value| !value.is_null()).cloned(),
        };
        match self.0.as_slice() {
            [one] => of(one),
            several => {
                let texts = several.iter().map(|part| match of(part) {
                    Some(Value::String(text)) => text,
                    Some(other) => other.to_string(),
                    None => String::new(),
                });
                Some(Value::from(texts.collect::<String>()))
            }
        }
    }
}

fn unbuilt() -> String {
    "The local org understands attributes such as user.email and appuser.userName, texts in quotes, and these joined by +"
        .to_owned()
}

fn part(text: &str) -> Result<(Part, &str), String> {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            let (literal, behind) = rest.split_once(quote).ok_or_else(unbuilt)?;
            return Ok((Part::Literal(literal.to_owned()), behind));
        }
    }
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let end = text.find(|c| !is_of_name(c)).unwrap_or(text.len());
    let (path, behind) = text.split_at(end);
    let attribute = match path.split_once('.') {
        Some(("user", "id")) => Part::Id,
        // The app knows its users by their login.
        Some(("appuser", "userName")) => Part::Attribute("login".to_owned()),
        Some(("user" | "appuser", name)) if !name.is_empty() && !name.contains('.') => {
            Part::Attribute(name.to_owned())
        }
        _ => return Err(unbuilt()),
    };
    Ok((attribute, behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Profile;
    use jiff::Timestamp;
    use model::UserId;
    use serde_json::json;

    fn john() -> User {
        User {
            id: UserId::parse("00uAAAAAAAAAAAAAAAAA").expect("an id"),
            profile: Profile {
                login: "john".to_owned(),
                email: "john@example.com".to_owned(),
                ..Profile::default()
            },
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn attributes_and_texts_have_values_alone_and_together() {
        for (text, expected) in [
            ("user.email", Some(json!("john@example.com"))),
            ("appuser.userName", Some(json!("john"))),
            ("user.id", Some(json!("00uAAAAAAAAAAAAAAAAA"))),
            ("\"blue\"", Some(json!("blue"))),
            ("'a' + user.login+\"b\"", Some(json!("ajohnb"))),
            ("user.department", None),
            ("\"x\" + user.department", Some(json!("x"))),
        ] {
            let expression = Expression::parse(text).expect("an expression");
            assert_eq!(expression.value(&john()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "",
            "+",
            "user",
            "user.",
            "user.a.b",
            "user.email +",
            "user.email user.login",
            "\"open",
            "String.toUpperCase(user.email)",
            "1",
            "user.email == null",
        ] {
            assert!(Expression::parse(text).is_err(), "{text}");
        }
    }
}
