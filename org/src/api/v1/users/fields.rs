use serde_json::{Map, Value};

use crate::api::ApiError;

/// Which properties an answer has: `id,status,profile:(firstName,login)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fields {
    properties: Vec<String>,
    /// Nothing for the whole profile.
    attributes: Option<Vec<String>>,
}

impl Fields {
    pub(super) fn read(text: &str) -> Result<Self, ApiError> {
        let refused = || {
            ApiError::invalid(
                "fields",
                "Expected names such as id,profile:(firstName,login)",
            )
        };
        let (mut properties, mut attributes) = (Vec::new(), None);
        let mut rest = text.trim();
        while !rest.is_empty() {
            let end = rest.find([',', ':']).unwrap_or(rest.len());
            let (name, behind) = rest.split_at(end);
            let name = name.trim();
            if name.is_empty()
                || !name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            {
                return Err(refused());
            }
            properties.push(name.to_owned());
            rest = behind;
            if let Some(list) = rest.strip_prefix(":(") {
                let (inner, behind) = list.split_once(')').ok_or_else(refused)?;
                if name != "profile" {
                    return Err(refused());
                }
                attributes = Some(
                    inner
                        .split(',')
                        .map(|name| name.trim().to_owned())
                        .collect(),
                );
                rest = behind;
            } else if rest.starts_with(':') {
                return Err(refused());
            }
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
        Ok(Self {
            properties,
            attributes,
        })
    }

    /// The user with these properties alone.
    pub(super) fn of(&self, user: Value) -> Value {
        let Value::Object(mut user) = user else {
            return user;
        };
        if let (Some(attributes), Some(Value::Object(profile))) =
            (&self.attributes, user.get_mut("profile"))
        {
            profile.retain(|name, _| attributes.iter().any(|wanted| wanted == name));
        }
        let kept: Map<String, Value> = user
            .into_iter()
            .filter(|(name, _)| self.properties.iter().any(|wanted| wanted == name))
            .collect();
        kept.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_has_what_was_asked_for_and_nothing_else() {
        let user =
            json!({"id": "00u1", "status": "ACTIVE", "profile": {"login": "john", "city": "Bern"}});
        for (fields, expected) in [
            ("profile:(login)", json!({"profile": {"login": "john"}})),
            ("id, profile:(city, login),status", user.clone()),
            (
                "id,profile",
                json!({"id": "00u1", "profile": {"login": "john", "city": "Bern"}}),
            ),
            ("unknown", json!({})),
        ] {
            assert_eq!(
                Fields::read(fields).expect(fields).of(user.clone()),
                expected,
                "{fields}"
            );
        }
    }

    #[test]
    fn what_is_no_list_of_names_is_refused() {
        for fields in [
            "profile:(login",
            "profile:login",
            ",",
            "id,,id",
            "a b",
            "id:(x)",
            "\"id\"",
        ] {
            assert!(Fields::read(fields).is_err(), "{fields}");
        }
    }
}
