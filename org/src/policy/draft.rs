use serde::Deserialize;
use serde::de::Deserializer;

use super::app_sign_on::AppSignOnActions;
use super::conditions::Conditions;
use super::enrollment::EnrollActions;
use super::password::PasswordActions;
use super::profile_enrollment::ProfileActions;
use super::sign_on::SignOnActions;
use super::{Actions, PolicyType, Status};

/// A policy with its rules, as Okta's API writes them; groups and users may stand there by name.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type")]
pub(crate) enum PolicyDraft {
    #[serde(rename = "OKTA_SIGN_ON")]
    SignOn(Draft<SignOnActions>),
    #[serde(rename = "MFA_ENROLL")]
    Enrollment(Draft<EnrollActions>),
    #[serde(rename = "PASSWORD")]
    Password(Draft<PasswordActions>),
    #[serde(rename = "PROFILE_ENROLLMENT")]
    Profile(Draft<ProfileActions>),
    #[serde(rename = "ACCESS_POLICY")]
    Access(Draft<AppSignOnActions>),
}

/// A policy of one type. One with the name of a policy that exists changes that one.
#[derive(Debug, Clone, Deserialize)]
#[serde(bound = "", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Draft<A: Actions> {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) status: Status,
    /// Absent: the last before the system policy.
    pub(crate) priority: Option<u32>,
    /// Counts in the defaults of the org alone.
    #[serde(default)]
    pub(crate) system: bool,
    pub(crate) conditions: Option<Conditions>,
    pub(crate) settings: Option<A::Settings>,
    #[serde(default = "Vec::new")]
    pub(crate) rules: Vec<RuleDraft<A>>,
}

/// A rule. One with the name of a rule that exists replaces that one.
#[derive(Debug, Clone, Deserialize)]
#[serde(bound = "", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RuleDraft<A: Actions> {
    pub(crate) name: String,
    #[serde(rename = "type", default, deserialize_with = "rule_type::<A, _>")]
    pub(crate) _kind: (),
    #[serde(default)]
    pub(crate) status: Status,
    /// Absent: the next.
    pub(crate) priority: Option<u32>,
    /// Counts in the defaults of the org alone.
    #[serde(default)]
    pub(crate) system: bool,
    pub(crate) conditions: Option<Conditions>,
    pub(crate) actions: A,
}

/// A rule may name its type, which must be the one that belongs to the policy.
fn rule_type<'de, A: Actions, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    let named = String::deserialize(deserializer)?;
    let expected = A::TYPE.rule_type();
    if named == expected {
        Ok(())
    } else {
        let policy = A::TYPE.as_str();
        Err(serde::de::Error::custom(format!(
            "the rules of a policy of type {policy} have the type {expected}, not {named:?}"
        )))
    }
}

/// Runs the same code for whichever type the draft is of.
macro_rules! each_draft {
    ($draft:expr, $inner:ident => $body:expr) => {
        match $draft {
            $crate::policy::PolicyDraft::SignOn($inner) => $body,
            $crate::policy::PolicyDraft::Enrollment($inner) => $body,
            $crate::policy::PolicyDraft::Password($inner) => $body,
            $crate::policy::PolicyDraft::Profile($inner) => $body,
            $crate::policy::PolicyDraft::Access($inner) => $body,
        }
    };
}
pub(crate) use each_draft;

impl PolicyDraft {
    pub(crate) const fn policy_type(&self) -> PolicyType {
        match self {
            Self::SignOn(_) => PolicyType::OktaSignOn,
            Self::Enrollment(_) => PolicyType::MfaEnroll,
            Self::Password(_) => PolicyType::Password,
            Self::Profile(_) => PolicyType::ProfileEnrollment,
            Self::Access(_) => PolicyType::AccessPolicy,
        }
    }

    pub(crate) fn name(&self) -> &str {
        each_draft!(self, draft => &draft.name)
    }
}

#[cfg(test)]
mod tests;
