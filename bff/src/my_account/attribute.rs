use bytes::Bytes;
use http::{HeaderMap, Method};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::call::Call;
use super::{AccountAnswer, AccountTrouble};
use crate::bff::Bff;

const PROFILE: &str = "/idp/myaccount/profile";
const SCHEMA: &str = "/idp/myaccount/profile/schema";

/// The most attributes that are read, and the longest value that is taken, in characters.
const MOST: usize = 200;
const LONGEST: usize = 4096;

/// An attribute of the profile that is a text, with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAttribute {
    /// As the profile names it, such as `firstName`.
    pub name: String,
    /// As the org calls it before people.
    pub title: String,
    /// The value; empty without one.
    pub value: String,
    /// Whether the org demands a value.
    pub is_required: bool,
    /// Whether the person may change it.
    pub is_writable: bool,
    /// The longest value, in characters.
    pub longest: usize,
}

impl OwnAttribute {
    /// Whether the person has to give a value, and can.
    pub const fn is_lacking(&self) -> bool {
        self.is_required && self.is_writable && self.value.is_empty()
    }
}

#[derive(Deserialize)]
struct Profile {
    profile: Map<String, Value>,
}

#[derive(Deserialize)]
struct Schema {
    properties: BTreeMap<String, Property>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Property {
    #[serde(default)]
    title: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    required: bool,
    max_length: Option<usize>,
    #[serde(default)]
    permissions: Map<String, Value>,
}

impl Bff {
    /// The attributes of the person's profile that are texts, as the schema says that their token may see them. The user profile
    /// policy of the app, which may demand more while people register, is not for their token.
    pub async fn own_attributes(&self, cookies: &HeaderMap) -> AccountAnswer<Vec<OwnAttribute>> {
        let schema = self
            .call_my_account(cookies, Call::new(Method::GET, SCHEMA))
            .await;
        let schema = match schema.outcome {
            Ok(schema) => schema,
            Err(trouble) => {
                return AccountAnswer {
                    outcome: Err(trouble),
                    cookies: schema.cookies,
                };
            }
        };
        let profile = self
            .call_my_account(cookies, Call::new(Method::GET, PROFILE))
            .await;
        AccountAnswer {
            outcome: profile
                .outcome
                .and_then(|profile| read(&schema, &profile).ok_or(AccountTrouble::OrgRefused)),
            cookies: profile.cookies,
        }
    }

    /// Changes attributes and leaves the others as they are: Okta takes whole profiles.
    pub async fn save_attributes(
        &self,
        cookies: &HeaderMap,
        changes: &[(&str, &str)],
    ) -> AccountAnswer<()> {
        let profile = self
            .call_my_account(cookies, Call::new(Method::GET, PROFILE))
            .await;
        let read = |body: Bytes| {
            let read: Result<Profile, _> = serde_json::from_slice(&body);
            read.map_err(|_| AccountTrouble::OrgRefused)
        };
        let mut own = match profile.outcome.and_then(read) {
            Ok(profile) => profile.profile,
            Err(trouble) => {
                return AccountAnswer {
                    outcome: Err(trouble),
                    cookies: profile.cookies,
                };
            }
        };
        let of = |own: &Map<String, Value>, name: &str| own.get(name).cloned();
        let is_new = changes
            .iter()
            .any(|(name, value)| of(&own, name) != Some(json!(value)));
        if !is_new {
            return AccountAnswer {
                outcome: Ok(()),
                cookies: profile.cookies,
            };
        }
        own.extend(
            changes
                .iter()
                .map(|(name, value)| ((*name).to_owned(), json!(value))),
        );
        let body = json!({ "profile": own });
        let saved = self
            .call_my_account(cookies, Call::put(PROFILE, body))
            .await;
        AccountAnswer {
            outcome: saved.outcome.map(drop),
            cookies: saved.cookies,
        }
    }
}

fn read(schema: &[u8], profile: &[u8]) -> Option<Vec<OwnAttribute>> {
    let schema: Schema = serde_json::from_slice(schema).ok()?;
    let Profile { profile } = serde_json::from_slice(profile).ok()?;
    let texts = schema
        .properties
        .into_iter()
        .filter(|(name, property)| property.kind == "string" && is_name(name));
    Some(
        texts
            .take(MOST)
            .map(|(name, property)| property.attribute(name, &profile))
            .collect(),
    )
}

impl Property {
    fn attribute(self, name: String, profile: &Map<String, Value>) -> OwnAttribute {
        let value = profile.get(&name).and_then(Value::as_str);
        let own = self.permissions.get("SELF").and_then(Value::as_str);
        OwnAttribute {
            title: if self.title.is_empty() {
                name.clone()
            } else {
                self.title.chars().take(100).collect()
            },
            value: value.unwrap_or_default().to_owned(),
            is_required: self.required,
            is_writable: own == Some("READ_WRITE"),
            longest: self.max_length.unwrap_or(LONGEST).min(LONGEST),
            name,
        }
    }
}

/// Names become names of form fields.
fn is_name(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.len() <= 64 && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_demanded_missing_and_the_persons_own_is_lacking() {
        let schema = json!({"properties": {
            "firstName": {"title": "First name", "type": "string", "required": true, "maxLength": 50,
                          "permissions": {"SELF": "READ_WRITE"}},
            "department": {"title": "", "type": "string", "required": true, "permissions": {"SELF": "READ_ONLY"}},
            "team": {"title": "Team", "type": "string", "required": true, "permissions": {"SELF": "READ_WRITE"}},
            "level": {"title": "Level", "type": "integer", "required": true},
            "odd name": {"type": "string"},
        }});
        let profile = json!({"profile": {"firstName": "Ada", "team": ""}});
        let read = read(
            schema.to_string().as_bytes(),
            profile.to_string().as_bytes(),
        );
        let read = read.expect("attributes");
        let names: Vec<_> = read.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["department", "firstName", "team"]);
        assert_eq!(read[0].title, "department");
        assert_eq!((read[1].value.as_str(), read[1].longest), ("Ada", 50));
        let lacking: Vec<_> = read.iter().map(OwnAttribute::is_lacking).collect();
        assert_eq!(lacking, [false, false, true]);
    }
}
