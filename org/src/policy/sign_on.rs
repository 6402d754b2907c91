//! The global session policy (`OKTA_SIGN_ON`): who may begin a session, with what, and how long it lives.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::set::PolicySet;
use super::{Access, Actions, NoSettings, Policy, PolicyType};

/// What a rule of the type says, in Okta's shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SignOnActions {
    pub(crate) signon: SignOn,
}

/// The conditions of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SignOn {
    pub(crate) access: Access,
    #[serde(default)]
    pub(crate) primary_factor: PrimaryFactor,
    #[serde(default)]
    pub(crate) require_factor: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) factor_prompt_mode: Option<FactorPromptMode>,
    /// Minutes; counts with [`FactorPromptMode::Session`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) factor_lifetime: Option<u32>,
    #[serde(default)]
    pub(crate) remember_device_by_default: bool,
    #[serde(default)]
    pub(crate) session: SessionLimits,
}

/// How long a session lives. Zero minutes are no limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct SessionLimits {
    pub(crate) max_session_idle_minutes: u32,
    pub(crate) max_session_lifetime_minutes: u32,
    pub(crate) use_persistent_cookie: bool,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            max_session_idle_minutes: 120,
            max_session_lifetime_minutes: 0,
            use_persistent_cookie: false,
        }
    }
}

/// What begins a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PrimaryFactor {
    /// The password, or another identity provider.
    PasswordIdp,
    /// Any factor that the policy of the app counts.
    #[default]
    PasswordIdpAnyFactor,
}

/// How often the second factor is asked for, where one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum FactorPromptMode {
    /// At every sign-in.
    #[default]
    Always,
    /// Once for each device. The org remembers no devices for this, so that it asks at every sign-in.
    Device,
    /// When the last time is longer ago than the lifetime.
    Session,
}

/// Okta's `factorLifetime` where the rule does not say it.
const FACTOR_LIFETIME: u32 = 15;

/// What the global session policy says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GlobalSession {
    pub(crate) access: Access,
    pub(crate) primary_factor: PrimaryFactor,
    /// Whether a second factor is asked for, whatever the app says.
    pub(crate) require_factor: bool,
    pub(crate) factor_prompt_mode: FactorPromptMode,
    /// How long a second factor counts; it matters with [`FactorPromptMode::Session`].
    pub(crate) factor_lifetime: SignedDuration,
    /// A session unused for this long has ended.
    pub(crate) max_idle: Option<SignedDuration>,
    /// A session this old has ended.
    pub(crate) max_lifetime: Option<SignedDuration>,
    /// Whether the session's cookie outlives the browser.
    pub(crate) persistent_cookie: bool,
}

impl From<&SignOnActions> for GlobalSession {
    fn from(SignOnActions { signon }: &SignOnActions) -> Self {
        Self {
            access: signon.access,
            primary_factor: signon.primary_factor,
            require_factor: signon.require_factor,
            factor_prompt_mode: signon.factor_prompt_mode.unwrap_or_default(),
            factor_lifetime: minutes(signon.factor_lifetime.unwrap_or(FACTOR_LIFETIME)),
            max_idle: limit(signon.session.max_session_idle_minutes),
            max_lifetime: limit(signon.session.max_session_lifetime_minutes),
            persistent_cookie: signon.session.use_persistent_cookie,
        }
    }
}

impl GlobalSession {
    /// The answer where no policy applies.
    pub(super) fn denied() -> Self {
        Self {
            access: Access::Deny,
            primary_factor: PrimaryFactor::PasswordIdp,
            require_factor: true,
            factor_prompt_mode: FactorPromptMode::Always,
            factor_lifetime: minutes(FACTOR_LIFETIME),
            max_idle: limit(SessionLimits::default().max_session_idle_minutes),
            max_lifetime: None,
            persistent_cookie: false,
        }
    }
}

fn minutes(count: u32) -> SignedDuration {
    SignedDuration::from_mins(count.into())
}

fn limit(count: u32) -> Option<SignedDuration> {
    (count > 0).then(|| minutes(count))
}

impl Actions for SignOnActions {
    const TYPE: PolicyType = PolicyType::OktaSignOn;
    type Settings = NoSettings;

    fn list(set: &PolicySet) -> &Vec<Policy<Self>> {
        &set.sign_on
    }

    fn list_mut(set: &mut PolicySet) -> &mut Vec<Policy<Self>> {
        &mut set.sign_on
    }
}
