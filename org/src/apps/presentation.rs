//! What people and administrators see of an app.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The parts of an app that no protocol asks for, in Okta's shapes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Presentation {
    pub(crate) accessibility: Accessibility,
    pub(crate) visibility: Visibility,
    pub(crate) notes: Notes,
    pub(crate) user_name_template: UserNameTemplate,
    /// Whether Okta would change the keys of the app by itself.
    pub(crate) auto_key_rotation: bool,
    /// What the owner of the app notes about it.
    pub(crate) profile: Option<Map<String, Value>>,
}

impl Default for Presentation {
    fn default() -> Self {
        Self {
            accessibility: Accessibility::default(),
            visibility: Visibility::default(),
            notes: Notes::default(),
            user_name_template: UserNameTemplate::default(),
            auto_key_rotation: true,
            profile: None,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Accessibility {
    pub(crate) self_service: bool,
    pub(crate) error_redirect_url: Option<String>,
    pub(crate) login_redirect_url: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Visibility {
    pub(crate) auto_launch: bool,
    pub(crate) auto_submit_toolbar: bool,
    pub(crate) hide: Hide,
}

/// Where the app is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Hide {
    #[serde(rename = "iOS")]
    pub(crate) ios: bool,
    pub(crate) web: bool,
}

impl Default for Hide {
    /// An OpenID Connect app is not on the dashboard unless it is put there.
    fn default() -> Self {
        Self {
            ios: true,
            web: true,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Notes {
    pub(crate) admin: Option<String>,
    pub(crate) enduser: Option<String>,
}

/// Under which name the app knows a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct UserNameTemplate {
    pub(crate) template: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) suffix: Option<String>,
}

impl Default for UserNameTemplate {
    fn default() -> Self {
        Self {
            template: "${source.login}".to_owned(),
            kind: "BUILT_IN".to_owned(),
            suffix: None,
        }
    }
}
