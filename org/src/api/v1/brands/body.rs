use model::ErrorCode;
use rusqlite::Connection;
use serde::Deserialize;

use crate::api::ApiError;
use crate::branding::{BrandSettings, list_brands};

/// A brand as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BrandBody {
    #[serde(default)]
    name: String,
    #[serde(flatten)]
    settings: SettingsBody,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SettingsBody {
    remove_powered_by_okta: Option<bool>,
    custom_privacy_policy_url: Option<String>,
    agree_to_custom_privacy_policy: Option<bool>,
    locale: Option<String>,
}

/// Okta's limit of a name, in characters; and what is enough for an address.
const NAME: usize = 255;
const URL: usize = 1000;

impl BrandBody {
    pub(super) fn checked(self) -> Result<(String, BrandSettings), ApiError> {
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME {
            return Err(ApiError::invalid(
                "name",
                "The name has 1 to 255 characters",
            ));
        }
        if name == "DRAPP_DOMAIN_BRAND" {
            return Err(ApiError::invalid("name", "The name is reserved"));
        }
        let sent = self.settings;
        let agrees = sent.agree_to_custom_privacy_policy.unwrap_or(false);
        let policy = sent.custom_privacy_policy_url;
        if let Some(policy) = &policy {
            let is_address = url::Url::parse(policy)
                .is_ok_and(|policy| matches!(policy.scheme(), "http" | "https"));
            if !is_address || policy.len() > URL {
                return Err(ApiError::invalid(
                    "customPrivacyPolicyUrl",
                    "The address must begin with http:// or https://",
                ));
            }
            if !agrees {
                return Err(ApiError::invalid(
                    "agreeToCustomPrivacyPolicy",
                    "The field must be true when customPrivacyPolicyUrl is set",
                ));
            }
        }
        let is_locale = |locale: &String| {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            (2..=20).contains(&locale.len()) && locale.chars().all(plain)
        };
        if !sent.locale.iter().all(is_locale) {
            return Err(ApiError::invalid("locale", "The locale is a language tag"));
        }
        let settings = BrandSettings {
            remove_powered_by_okta: sent.remove_powered_by_okta.unwrap_or(false),
            custom_privacy_policy_url: policy,
            agree_to_custom_privacy_policy: agrees,
            locale: sent.locale,
        };
        Ok((name, settings))
    }
}

/// Checks that no other brand has the name.
pub(super) fn check_name(db: &Connection, name: &str, own: &str) -> Result<(), ApiError> {
    let is_taken = list_brands(db)?
        .iter()
        .any(|other| other.id != own && other.name.eq_ignore_ascii_case(name));
    if is_taken {
        return Err(ApiError::new(ErrorCode::DuplicateBrand));
    }
    Ok(())
}
