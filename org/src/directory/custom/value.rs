use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use url::Url;

use super::definition::{Definition, ValueType};
use crate::authenticator::email::EmailAddress;

/// In characters, where the definition names no limit.
const LONGEST: usize = 4_096;
const MOST_ITEMS: usize = 100;

impl Definition {
    /// The value to keep: its default where there is none, nothing where there is no default. The error says why it cannot be kept.
    pub(crate) fn check(&self, value: Value) -> Result<Option<Value>, String> {
        let is_blank = value.as_str().is_some_and(|text| text.trim().is_empty());
        if value.is_null() || is_blank {
            let default = self.default.clone().filter(|default| !default.is_null());
            return if default.is_none() && self.is_required() {
                Err("The field cannot be left blank".to_owned())
            } else {
                Ok(default)
            };
        }
        if !self.value_type.has(&value) {
            return Err(format!(
                "The value is not of the type {}",
                self.value_type.as_str()
            ));
        }
        if let Some(choices) = &self.choices
            && self.value_type != ValueType::Array
            && !choices.contains(&value)
        {
            return Err("The value is none of those that are listed".to_owned());
        }
        match &value {
            Value::String(text) => self.check_text(text)?,
            Value::Array(items) => self.check_items(items)?,
            _ => {}
        }
        Ok(Some(value))
    }

    fn check_text(&self, text: &str) -> Result<(), String> {
        let (from, to) = (
            self.min_length.unwrap_or(0),
            self.max_length.unwrap_or(LONGEST),
        );
        if !(from..=to).contains(&text.chars().count()) {
            return Err(format!("The field must have {from} to {to} characters"));
        }
        let is_so = match self.format.as_deref() {
            Some("email") => EmailAddress::parse(text).is_ok(),
            Some("uri") => Url::parse(text).is_ok(),
            Some("date-time") => text.parse::<Timestamp>().is_ok(),
            Some("date") => text.parse::<Date>().is_ok(),
            _ => true,
        };
        if is_so {
            Ok(())
        } else {
            Err("Does not match required pattern".to_owned())
        }
    }

    fn check_items(&self, items: &[Value]) -> Result<(), String> {
        if items.len() > MOST_ITEMS {
            return Err("An array has at most 100 items".to_owned());
        }
        let Some(expected) = &self.items else {
            return Ok(());
        };
        let choices = expected.choices.as_ref().or(self.choices.as_ref());
        let is_fine = |item: &Value| {
            let is_short = item
                .as_str()
                .is_none_or(|text| text.chars().count() <= LONGEST);
            let is_listed = choices.is_none_or(|choices| choices.contains(item));
            expected.value_type.has(item) && is_short && is_listed
        };
        if items.iter().all(is_fine) {
            Ok(())
        } else {
            Err(format!(
                "Each item has to be a listed {}",
                expected.value_type.as_str()
            ))
        }
    }
}
