//! The authenticator enrollment policy (`MFA_ENROLL`): which authenticators a person must, may and may not set up.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::set::PolicySet;
use super::{Actions, Policy, PolicyType};
use crate::authenticator::AuthenticatorKey;

/// What the policy says, in Okta's shape.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct EnrollSettings {
    #[serde(rename = "type")]
    pub(crate) kind: EnrollSettingsType,
    /// Authenticators that are left out are not allowed.
    pub(crate) authenticators: Vec<AuthenticatorSettings>,
}

/// Okta's older orgs have another shape, `FACTORS`, which the org does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum EnrollSettingsType {
    #[default]
    Authenticators,
}

/// What is said of one authenticator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AuthenticatorSettings {
    pub(crate) key: AuthenticatorKey,
    pub(crate) enroll: EnrollSelf,
    /// Kept as given; the org has no attested security keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) constraints: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
}

/// Whether people set it up themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct EnrollSelf {
    #[serde(rename = "self")]
    pub(crate) requirement: EnrollmentRequirement,
    /// Kept as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) auto_enroll: Option<bool>,
    /// Kept as given: what is required is required at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) grace_period: Option<Value>,
}

/// What a rule of the type says, in Okta's shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct EnrollActions {
    pub(crate) enroll: EnrollWhen,
}

/// When people are asked to set something up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct EnrollWhen {
    #[serde(rename = "self")]
    pub(crate) when: EnrollSelfWhen,
}

/// Okta's values for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum EnrollSelfWhen {
    Challenge,
    Login,
    Never,
    NeverIncludingRecovery,
}

/// Whether a person has to have an authenticator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum EnrollmentRequirement {
    Required,
    Optional,
    NotAllowed,
}

/// When a person is asked to set up what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EnrollPrompt {
    /// At each sign-in, as long as something is missing.
    Challenge,
    /// The same: Okta kept the name from older orgs.
    Login,
    /// Not while signing in.
    Never,
}

/// What the authenticator enrollment policy says of a person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EnrollmentPolicy {
    authenticators: Vec<(AuthenticatorKey, EnrollmentRequirement)>,
    /// When the person is asked.
    pub(crate) prompt: EnrollPrompt,
    /// Whether something may be set up while an account is recovered.
    pub(crate) in_recovery: bool,
}

impl EnrollmentPolicy {
    /// What it says of one authenticator. What it does not name is not allowed.
    pub(crate) fn of(&self, key: AuthenticatorKey) -> EnrollmentRequirement {
        self.authenticators
            .iter()
            .find_map(|(named, requirement)| (*named == key).then_some(*requirement))
            .unwrap_or(EnrollmentRequirement::NotAllowed)
    }

    pub(super) fn new(settings: &EnrollSettings, actions: &EnrollActions) -> Self {
        let when = actions.enroll.when;
        Self {
            authenticators: settings
                .authenticators
                .iter()
                .map(|one| (one.key, one.enroll.requirement))
                .collect(),
            prompt: match when {
                EnrollSelfWhen::Challenge => EnrollPrompt::Challenge,
                EnrollSelfWhen::Login => EnrollPrompt::Login,
                EnrollSelfWhen::Never | EnrollSelfWhen::NeverIncludingRecovery => {
                    EnrollPrompt::Never
                }
            },
            in_recovery: when != EnrollSelfWhen::NeverIncludingRecovery,
        }
    }

    /// The answer where no policy applies.
    pub(super) const fn nothing() -> Self {
        Self {
            authenticators: Vec::new(),
            prompt: EnrollPrompt::Never,
            in_recovery: false,
        }
    }
}

impl Actions for EnrollActions {
    const TYPE: PolicyType = PolicyType::MfaEnroll;
    type Settings = EnrollSettings;

    fn list(set: &PolicySet) -> &Vec<Policy<Self>> {
        &set.enrollment
    }

    fn list_mut(set: &mut PolicySet) -> &mut Vec<Policy<Self>> {
        &mut set.enrollment
    }
}
