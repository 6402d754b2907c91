use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The attributes of a user, under Okta's names
/// (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/>).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_field_names, reason = "the names are Okta's")]
pub(crate) struct Profile {
    pub(crate) login: String,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) second_email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) middle_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) honorific_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) honorific_suffix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) nick_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) primary_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mobile_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) street_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) zip_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) postal_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) preferred_language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) employee_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cost_center: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) organization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) division: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) department: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) manager: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) manager_id: Option<String>,
    /// The values of attributes that administrators added.
    #[serde(flatten)]
    pub(crate) custom: BTreeMap<String, Value>,
}

impl Profile {
    /// First and last name with a space between.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::ATTRIBUTES;
    use serde_json::Map;

    #[test]
    fn a_profile_keeps_every_attribute_of_the_base_schema_and_those_that_were_added() {
        let all: Map<String, Value> = ATTRIBUTES
            .iter()
            .map(|attribute| (attribute.name.to_owned(), attribute.name.into()))
            .collect();
        let mut all = all;
        all.insert("shoeSize".to_owned(), 42.into());
        let profile: Profile = serde_json::from_value(all.clone().into()).expect("a profile");
        assert_eq!(
            serde_json::to_value(profile).expect("JSON"),
            Value::from(all)
        );
    }
}
