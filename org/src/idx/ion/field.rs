use serde::Serialize;
use serde_json::Value;

use super::Notices;

/// A field of a form, as Okta writes it in ION. Members that are not said are left out.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Field {
    name: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    visible: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mutable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_length: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<u16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<Fields>,
    #[serde(skip_serializing_if = "Option::is_none")]
    messages: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relates_to: Option<String>,
}

/// Fields of a form within a field.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fields {
    value: Vec<Field>,
}

/// One of several values of a field.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Choice {
    label: String,
    value: ChoiceValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    relates_to: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum ChoiceValue {
    Text(String),
    Form { form: Fields },
}

impl Field {
    /// A field that is neither said to be required nor of a type.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn text(name: &str) -> Self {
        Self::new(name).of("string")
    }

    /// A field that holds other fields.
    pub(super) fn object(name: &str, fields: Vec<Self>) -> Self {
        Self {
            form: Some(Fields { value: fields }),
            ..Self::new(name).of("object")
        }
    }

    /// A value that has to come back as it is.
    pub(super) fn fixed(name: &str, value: impl Into<Value>) -> Self {
        Self {
            mutable: Some(false),
            ..Self::new(name).with_value(value)
        }
    }

    /// A field that a person chooses the value of.
    pub(super) fn choice(name: &str, options: Vec<Choice>) -> Self {
        Self {
            options,
            ..Self::new(name)
        }
    }

    pub(super) fn of(mut self, kind: &'static str) -> Self {
        self.kind = Some(kind);
        self
    }

    pub(super) fn labelled(mut self, label: &str) -> Self {
        self.label = Some(label.to_owned());
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = Some(true);
        self
    }

    pub(super) const fn optional(mut self) -> Self {
        self.required = Some(false);
        self
    }

    /// Not to be shown while it is typed.
    pub(super) const fn secret(mut self) -> Self {
        self.secret = Some(true);
        self
    }

    /// Filled in by the client, not by a person.
    pub(super) const fn hidden(mut self) -> Self {
        self.visible = Some(false);
        self
    }

    pub(super) fn with_value(mut self, value: impl Into<Value>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// In characters.
    pub(super) const fn between(mut self, shortest: u16, longest: u16) -> Self {
        self.min_length = Some(shortest);
        self.max_length = Some(longest);
        self
    }

    pub(super) fn relates_to(mut self, path: &str) -> Self {
        self.relates_to = Some(path.to_owned());
        self
    }

    /// Whether something is said of the field of this name, here or in what it holds.
    pub(super) fn says_of(&self, name: &str) -> bool {
        let within = |fields: &Fields| fields.value.iter().any(|field| field.says_of(name));
        let chosen = |choice: &Choice| match &choice.value {
            ChoiceValue::Form { form } => within(form),
            ChoiceValue::Text(_) => false,
        };
        (self.name == name && self.messages.is_some())
            || self.form.as_ref().is_some_and(within)
            || self.options.iter().any(chosen)
    }

    /// Adds what is to be said of this field.
    pub(super) fn told(mut self, notices: &Notices) -> Self {
        self.messages = notices.on(&self.name);
        self
    }
}

impl Choice {
    pub(super) fn text(label: &str, value: &str) -> Self {
        Self {
            label: label.to_owned(),
            value: ChoiceValue::Text(value.to_owned()),
            relates_to: None,
        }
    }

    /// A value that is itself a form.
    pub(super) fn form(label: &str, fields: Vec<Field>) -> Self {
        let form = Fields { value: fields };
        Self {
            label: label.to_owned(),
            value: ChoiceValue::Form { form },
            relates_to: None,
        }
    }

    pub(super) fn relates_to(mut self, path: String) -> Self {
        self.relates_to = Some(path);
        self
    }
}
