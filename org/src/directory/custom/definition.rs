use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What an attribute is, in Okta's shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Definition {
    #[serde(default)]
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(rename = "type")]
    pub(crate) value_type: ValueType,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Items>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<String>,
    /// In characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_length: Option<usize>,
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    pub(super) choices: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_of: Option<Vec<Choice>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) default: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_namespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique: Option<Value>,
    mutability: Option<String>,
    scope: Option<String>,
    permissions: Option<Vec<Permission>>,
    master: Option<Value>,
}

/// The types that a value can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ValueType {
    String,
    Boolean,
    Number,
    Integer,
    Array,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Items {
    #[serde(rename = "type")]
    pub(super) value_type: ValueType,
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    pub(super) choices: Option<Vec<Value>>,
}

/// A value with what people see in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Choice {
    #[serde(rename = "const")]
    value: Value,
    title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Permission {
    principal: String,
    action: SelfAccess,
}

/// What people may do with their own value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum SelfAccess {
    Hide,
    ReadOnly,
    ReadWrite,
}

/// In characters.
const LONGEST_TITLE: usize = 100;
const LONGEST_TEXT: usize = 1_000;
const MOST_CHOICES: usize = 200;
const USUAL_MUTABILITY: &str = "READ_WRITE";

impl Definition {
    pub(crate) fn is_required(&self) -> bool {
        self.required == Some(true)
    }

    /// Whether it is an array of strings.
    pub(crate) fn is_of_texts(&self) -> bool {
        let items = self.items.as_ref();
        items.is_some_and(|items| items.value_type == ValueType::String)
    }

    pub(crate) fn self_access(&self) -> SelfAccess {
        let permissions = self.permissions.iter().flatten();
        permissions
            .map(|permission| permission.action)
            .next()
            .unwrap_or(SelfAccess::ReadOnly)
    }

    /// The definition with all that Okta adds. The error says what is wrong with it.
    pub(crate) fn completed(mut self) -> Result<Self, String> {
        self.check_texts()?;
        self.check_settings()?;
        self.check_values()?;
        self.required = self.required.filter(|is_required| *is_required);
        self.unique = None;
        self.mutability = Some(USUAL_MUTABILITY.to_owned());
        self.scope.get_or_insert_with(|| "NONE".to_owned());
        self.master = Some(json!({"type": "PROFILE_MASTER"}));
        let action = self.self_access();
        self.permissions = Some(vec![Permission {
            principal: "SELF".to_owned(),
            action,
        }]);
        Ok(self)
    }

    fn check_texts(&self) -> Result<(), String> {
        let title = self.title.trim();
        if title.is_empty() || title.chars().count() > LONGEST_TITLE {
            return Err("title: The field must have 1 to 100 characters".to_owned());
        }
        for (name, text) in [
            ("description", &self.description),
            ("externalName", &self.external_name),
            ("externalNamespace", &self.external_namespace),
            ("format", &self.format),
        ] {
            if text.as_ref().is_some_and(|text| text.len() > LONGEST_TEXT) {
                return Err(format!("{name}: The field is too long"));
            }
        }
        Ok(())
    }

    fn check_settings(&self) -> Result<(), String> {
        let is_one_of = |text: &Option<String>, known: &[&str]| {
            text.as_deref().is_none_or(|text| known.contains(&text))
        };
        if !is_one_of(&self.scope, &["NONE", "SELF"]) {
            return Err("scope: Expected NONE or SELF".to_owned());
        }
        if !is_one_of(&self.mutability, &[USUAL_MUTABILITY]) {
            return Err("mutability: The local org has attributes that are READ_WRITE".to_owned());
        }
        let is_plain = matches!(&self.unique, None | Some(Value::Bool(false)))
            || self.unique == Some(json!("NOT_UNIQUE"));
        if !is_plain {
            return Err(
                "unique: The local org has no attributes whose values are unique".to_owned(),
            );
        }
        let master = self.master.as_ref().and_then(|master| master.get("type"));
        if master.is_some_and(|master| master != "PROFILE_MASTER") {
            return Err("master: The local org has no other source than the profile".to_owned());
        }
        let mut permissions = self.permissions.iter().flatten();
        match (permissions.next(), permissions.next()) {
            (None, _) => Ok(()),
            (Some(one), None) if one.principal == "SELF" => Ok(()),
            _ => Err("permissions: Expected one, for SELF".to_owned()),
        }
    }

    fn check_values(&self) -> Result<(), String> {
        let is_text = self.value_type == ValueType::String;
        if !is_text && (self.min_length.is_some() || self.max_length.is_some()) {
            return Err("minLength: Only a string has a length".to_owned());
        }
        if let (Some(least), Some(most)) = (self.min_length, self.max_length)
            && least > most
        {
            return Err("minLength: It is greater than maxLength".to_owned());
        }
        let items = self.items.as_ref().map(|items| items.value_type);
        match (self.value_type, items) {
            (
                ValueType::Array,
                Some(ValueType::String | ValueType::Number | ValueType::Integer),
            ) => {}
            (ValueType::Array, _) => {
                return Err("items: An array is of strings, numbers or integers".to_owned());
            }
            (_, Some(_)) => return Err("items: Only an array has items".to_owned()),
            (_, None) => {}
        }
        self.check_choices()?;
        match &self.default {
            Some(default) if !default.is_null() => {
                let checked = self.check(default.clone()).map(|_| ());
                checked.map_err(|message| format!("default: {message}"))
            }
            _ => Ok(()),
        }
    }

    fn check_choices(&self) -> Result<(), String> {
        let of_items = self.items.as_ref().and_then(|items| items.choices.as_ref());
        for choices in self.choices.iter().chain(of_items) {
            let is_repeated = choices
                .iter()
                .enumerate()
                .any(|(place, choice)| choices[..place].contains(choice));
            if choices.is_empty() || choices.len() > MOST_CHOICES || is_repeated {
                return Err("enum: Expected 1 to 200 different values".to_owned());
            }
            if let Some(wrong) = choices.iter().find(|choice| !self.is_choice(choice)) {
                return Err(format!("enum: {wrong} is of another type"));
            }
        }
        let Some(titles) = &self.one_of else {
            return Ok(());
        };
        let described: Vec<&Value> = titles.iter().map(|choice| &choice.value).collect();
        let listed: Vec<&Value> = self.choices.iter().chain(of_items).flatten().collect();
        if described == listed {
            Ok(())
        } else {
            Err("oneOf: Expected the values of enum in their order".to_owned())
        }
    }

    fn is_choice(&self, value: &Value) -> bool {
        let of_items = self.items.as_ref().map(|items| items.value_type);
        of_items.unwrap_or(self.value_type).has(value)
    }
}

impl ValueType {
    /// Whether a value is of the type.
    pub(super) fn has(self, value: &Value) -> bool {
        match self {
            Self::String => value.is_string(),
            Self::Boolean => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Integer => value.is_i64(),
            Self::Array => value.is_array(),
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Array => "array",
        }
    }
}
