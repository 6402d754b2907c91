use serde::Serialize;

use super::Field;
use crate::config::OrgUrl;

/// What a form takes.
pub(super) const ACCEPTS: &str = "application/json; okta-version=1.0.0";
/// What a form answers with.
pub(crate) const PRODUCES: &str = "application/ion+json; okta-version=1.0.0";

/// A form of ION: where to send which fields.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Form {
    rel: [&'static str; 1],
    name: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relates_to: Vec<&'static str>,
    href: String,
    method: &'static str,
    produces: &'static str,
    /// After how many milliseconds to ask again.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh: Option<u32>,
    value: Vec<Field>,
    accepts: &'static str,
}

/// Makes the forms of one interaction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forms<'a> {
    pub(super) url: &'a OrgUrl,
    pub(super) state_handle: &'a str,
}

impl Forms<'_> {
    /// A form with these fields and the state handle, which comes back as it is.
    pub(super) fn form(&self, name: &'static str, path: &str, mut fields: Vec<Field>) -> Form {
        let handle = Field::fixed("stateHandle", self.state_handle);
        fields.push(handle.required().hidden());
        Form {
            rel: ["create-form"],
            name,
            relates_to: Vec::new(),
            href: self.url.to(path),
            method: "POST",
            produces: PRODUCES,
            refresh: None,
            value: fields,
            accepts: ACCEPTS,
        }
    }

    /// A form that there is nothing to fill in.
    pub(super) fn button(&self, name: &'static str, path: &str) -> Form {
        self.form(name, path, Vec::new())
    }
}

impl Form {
    /// What of the answer the form is about.
    pub(super) fn about(mut self, path: &'static str) -> Self {
        self.relates_to = vec![path];
        self
    }

    /// Whether something is said of the field of this name.
    pub(super) fn says_of(&self, name: &str) -> bool {
        self.value.iter().any(|field| field.says_of(name))
    }

    pub(super) const fn every(mut self, milliseconds: u32) -> Self {
        self.refresh = Some(milliseconds);
        self
    }
}
