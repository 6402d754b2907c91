use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::authenticator::Method;
use crate::policy::Access;

/// What a rule of the type says, in Okta's shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PasswordActions {
    pub(crate) password_change: AccessOnly,
    pub(crate) self_service_password_reset: ResetAction,
    pub(crate) self_service_unlock: AccessOnly,
}

impl PasswordActions {
    /// Nothing that a person may do alone.
    pub(super) fn closed() -> Self {
        let deny = AccessOnly {
            access: Access::Deny,
            kind: None,
        };
        Self {
            password_change: deny.clone(),
            self_service_password_reset: ResetAction {
                access: Access::Deny,
                kind: None,
                requirement: None,
                settings: None,
            },
            self_service_unlock: deny,
        }
    }
}

/// Whether something is allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AccessOnly {
    pub(crate) access: Access,
    /// The action's own name again, which Okta sometimes adds.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
}

/// How a forgotten password is replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ResetAction {
    pub(crate) access: Access,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) requirement: Option<ResetRequirement>,
    /// Kept as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) settings: Option<Value>,
}

/// What must be proved for it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ResetRequirement {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) access_control: Option<AccessControl>,
    pub(crate) primary: PrimaryRequirement,
    pub(crate) step_up: StepUpRequirement,
}

/// Which policy says what must be proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AccessControl {
    /// This rule.
    #[default]
    Legacy,
    /// Okta's account management policy. The org has none: it asks for a second authenticator, as Okta's own does.
    AuthPolicy,
}

/// The first thing to prove.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct PrimaryRequirement {
    pub(crate) methods: Vec<PrimaryMethod>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) method_constraints: Vec<MethodConstraint>,
}

/// A method that may begin a recovery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrimaryMethod {
    /// Of Okta Verify, which the org has without it.
    Push,
    Sms,
    Voice,
    Email,
    Otp,
}

impl PrimaryMethod {
    const fn method(self) -> Option<Method> {
        match self {
            Self::Push => None,
            Self::Sms => Some(Method::Sms),
            Self::Voice => Some(Method::Voice),
            Self::Email => Some(Method::Email),
            Self::Otp => Some(Method::Otp),
        }
    }
}

/// Of which authenticators a method may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MethodConstraint {
    pub(crate) method: ConstrainedMethod,
    pub(crate) allowed_authenticators: Vec<AllowedAuthenticator>,
}

/// The one method that Okta constrains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConstrainedMethod {
    Otp,
}

/// The one authenticator that it may be of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AllowedAuthenticator {
    pub(crate) key: OtpAuthenticator,
}

/// See [`AllowedAuthenticator`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OtpAuthenticator {
    GoogleOtp,
}

/// The second thing to prove.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct StepUpRequirement {
    pub(crate) required: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) methods: Vec<StepUpMethod>,
}

/// The one method that can be named for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StepUpMethod {
    SecurityQuestion,
}

/// What must be proved after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepUp {
    /// Nothing.
    NotRequired,
    /// Any other authenticator that may be used for signing in.
    AnyAuthenticator,
    /// The answer to the security question.
    SecurityQuestion,
}

/// Whether and how a person who forgot the password may set another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PasswordReset {
    pub(crate) access: Access,
    pub(crate) access_control: AccessControl,
    /// The methods that begin it, in the order of the rule.
    pub(crate) methods: Vec<Method>,
    pub(crate) step_up: StepUp,
}

impl From<&ResetAction> for PasswordReset {
    /// A rule without requirements is one of Okta's older shape: there a mail was enough.
    fn from(action: &ResetAction) -> Self {
        let Some(requirement) = &action.requirement else {
            return Self {
                access: action.access,
                access_control: AccessControl::Legacy,
                methods: vec![Method::Email],
                step_up: StepUp::NotRequired,
            };
        };
        let access_control = requirement.access_control.unwrap_or_default();
        let step_up = &requirement.step_up;
        let is_required = step_up.required || access_control == AccessControl::AuthPolicy;
        Self {
            access: action.access,
            access_control,
            methods: requirement
                .primary
                .methods
                .iter()
                .filter_map(|method| method.method())
                .collect(),
            step_up: match (is_required, step_up.methods.is_empty()) {
                (false, _) => StepUp::NotRequired,
                (true, true) => StepUp::AnyAuthenticator,
                (true, false) => StepUp::SecurityQuestion,
            },
        }
    }
}
