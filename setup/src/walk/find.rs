use serde_json::{Value, json};

use crate::Fault;
use crate::http::Client;

/// Where an object is looked for.
#[derive(Debug, Clone)]
pub(crate) enum Find {
    /// What it belongs to does not exist yet, so neither does it.
    Nowhere,
    /// At its own address.
    At(String),
    /// In a list, by the values of its fields. What is told apart by name is never taken for its namesake of another type.
    In {
        list: String,
        fields: Vec<(&'static str, Value)>,
    },
    /// The policy that an app has, as `{"policy": "<id>"}`, by the name of its link.
    PolicyOf { app: String, link: &'static str },
}

impl Find {
    /// In a list, by one field.
    pub(crate) fn by(
        list: impl Into<String>,
        pointer: &'static str,
        value: impl Into<Value>,
    ) -> Self {
        Self::In {
            list: list.into(),
            fields: vec![(pointer, value.into())],
        }
    }

    /// With one field more.
    pub(crate) fn and(mut self, pointer: &'static str, value: impl Into<Value>) -> Self {
        if let Self::In { fields, .. } = &mut self {
            fields.push((pointer, value.into()));
        }
        self
    }

    pub(crate) async fn run(&self, client: &Client) -> Result<Option<Value>, Fault> {
        match self {
            Self::Nowhere => Ok(None),
            Self::At(path) => client.find(path).await,
            Self::In { list, fields } => {
                let entries = client.list(list).await?;
                Ok(entries.into_iter().find(|entry| has(entry, fields)))
            }
            Self::PolicyOf { app, link } => {
                let app = client.find(app).await?;
                Ok(app.map(|app| json!({ "policy": linked(&app, link) })))
            }
        }
    }
}

fn has(entry: &Value, fields: &[(&'static str, Value)]) -> bool {
    fields
        .iter()
        .all(|(pointer, wanted)| entry.pointer(pointer) == Some(wanted))
}

/// The id at the end of a link.
fn linked(app: &Value, link: &str) -> Option<String> {
    let href = app["_links"][link]["href"].as_str()?;
    href.rsplit('/').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_found_by_all_its_fields_and_not_by_some() {
        let fields = [
            ("/profile/name", json!("Retailers")),
            ("/type", json!("OKTA_GROUP")),
        ];
        let group = json!({"type": "OKTA_GROUP", "profile": {"name": "Retailers"}});
        let synchronised = json!({"type": "APP_GROUP", "profile": {"name": "Retailers"}});
        assert!(has(&group, &fields));
        assert!(!has(&synchronised, &fields));
    }

    #[test]
    fn the_policy_of_an_app_is_the_end_of_its_link() {
        let app = json!({"_links": {"accessPolicy": {"href": "https://example.okta.com/api/v1/policies/rst1"}}});
        assert_eq!(linked(&app, "accessPolicy").as_deref(), Some("rst1"));
        assert_eq!(linked(&app, "profileEnrollment"), None);
    }
}
