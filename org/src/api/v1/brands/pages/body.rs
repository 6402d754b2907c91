use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::record::Kind;
use crate::api::ApiError;

/// A page as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct PageBody {
    page_content: Option<String>,
    widget_version: Option<String>,
    widget_customizations: Option<Map<String, Value>>,
    content_security_policy_setting: Option<PolicySetting>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct PolicySetting {
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_uri: Option<String>,
    #[serde(default)]
    src_list: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Enforced,
    ReportOnly,
}

impl PageBody {
    /// The page to keep. What only a sign-in page has is not kept of another.
    pub(super) fn checked(self, kind: Kind) -> Result<Value, ApiError> {
        let mut page = Map::new();
        if let Some(content) = self.page_content {
            page.insert("pageContent".to_owned(), content.into());
        }
        if let Some(setting) = self.content_security_policy_setting {
            page.insert("contentSecurityPolicySetting".to_owned(), json!(setting));
        }
        if kind != Kind::SignIn {
            return Ok(page.into());
        }
        if let Some(version) = self.widget_version {
            if !is_version(&version) {
                return Err(ApiError::invalid(
                    "widgetVersion",
                    "The version is * or a number such as 7, 7.14 or ^7",
                ));
            }
            page.insert("widgetVersion".to_owned(), version.into());
        }
        if let Some(wanted) = self.widget_customizations {
            check_customizations(&wanted)?;
            page.insert("widgetCustomizations".to_owned(), wanted.into());
        }
        Ok(page.into())
    }
}

/// Okta's pattern: `*`, or one to three numbers, with a caret before them or not.
fn is_version(text: &str) -> bool {
    let numbers = text.strip_prefix('^').unwrap_or(text);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text == "*" || (numbers.split('.').count() <= 3 && numbers.split('.').all(is_number))
}

fn check_customizations(wanted: &Map<String, Value>) -> Result<(), ApiError> {
    for (name, value) in wanted {
        let fits = match name.as_str() {
            "showPasswordVisibilityToggle" | "showUserIdentifier" => value.is_boolean(),
            "postAuthKeepMeSignedInPrompt" | "gracePeriodRequiredSoon" => value.is_object(),
            "widgetGeneration" => matches!(value.as_str(), Some("G2" | "G3")),
            _ => value.is_string(),
        };
        if !fits && !value.is_null() {
            let field = format!("widgetCustomizations.{name}");
            return Err(ApiError::invalid(&field, "The value is of another type"));
        }
    }
    Ok(())
}
