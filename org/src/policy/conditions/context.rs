use serde::{Deserialize, Serialize};

use super::IncludeExclude;
use super::finding::{Finding, matches, not_decidable};

/// By which interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AuthContext {
    pub(crate) auth_type: AuthType,
}

/// The interfaces that Okta tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AuthType {
    Any,
    LdapInterface,
    Radius,
}

impl AuthContext {
    pub(super) fn examine(&self) -> Option<Finding> {
        let what = match self.auth_type {
            AuthType::Any => return None,
            AuthType::LdapInterface => "the sign-in comes through LDAP",
            AuthType::Radius => "the sign-in comes through RADIUS",
        };
        Some(matches(what, false))
    }
}

/// By which identity provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct IdentityProvider {
    pub(crate) provider: IdpKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) idp_ids: Vec<String>,
}

/// Whose identity provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum IdpKind {
    Any,
    Okta,
    SpecificIdp,
}

impl IdentityProvider {
    pub(super) fn examine(&self) -> Option<Finding> {
        match self.provider {
            IdpKind::Any => None,
            IdpKind::Okta => Some(matches("the person signs in at the org itself", true)),
            IdpKind::SpecificIdp => Some(matches(
                "the person signs in at another identity provider",
                false,
            )),
        }
    }
}

/// Where the password is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AuthProvider {
    pub(crate) provider: PasswordSource,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) include: Vec<String>,
}

/// The keepers of passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PasswordSource {
    Okta,
    Any,
    ActiveDirectory,
    Ldap,
}

impl AuthProvider {
    pub(super) fn examine(&self) -> Option<Finding> {
        match self.provider {
            PasswordSource::Any => None,
            PasswordSource::Okta => Some(matches("the org itself keeps the password", true)),
            PasswordSource::ActiveDirectory | PasswordSource::Ldap => {
                Some(matches("another directory keeps the password", false))
            }
        }
    }
}

/// For which apps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct AppCondition {
    pub(crate) include: Vec<App>,
    pub(crate) exclude: Vec<App>,
}

/// An app, or a kind of app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct App {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
}

impl AppCondition {
    /// Enrollment is the person's, not the app's: the org does not tell for which app it is asked.
    pub(super) fn examine(&self) -> Option<Finding> {
        if self.include.is_empty() && self.exclude.is_empty() {
            return None;
        }
        let holds = self.include.is_empty();
        Some(not_decidable(
            "the app is one of certain ones",
            "none of those named",
            holds,
        ))
    }
}

/// The org has one user type, whose id is nobody's business.
pub(super) fn examine_user_type(types: &IncludeExclude) -> Option<Finding> {
    if types.include.is_empty() && types.exclude.is_empty() {
        return None;
    }
    let holds = types.include.is_empty();
    Some(not_decidable(
        "the person is of certain user types",
        "none of those named",
        holds,
    ))
}
