use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::each_type;
use crate::authenticator::AuthenticatorKey;
use crate::policy::conditions::Conditions;
use crate::policy::draft::{Draft, RuleDraft};
use crate::policy::enrollment::{EnrollSettings, EnrollmentRequirement};
use crate::policy::flaw::{flaw, rule_flaw};
use crate::policy::names::{named_in, named_in_actions};
use crate::policy::{Actions, Flaw, Noun, PolicyType, Status};

/// Why a text is not a policy or a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// The shape is not that of the type.
    Shape { field: String, problem: String },
    /// The shape is right, and it cannot be used.
    Flaw(Flaw),
}

/// What a policy says, checked, as the database keeps it. What is absent stays as it is.
#[derive(Debug, Clone)]
pub(crate) struct PolicyText {
    pub(crate) policy_type: PolicyType,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) status: Option<Status>,
    /// Absent: the last before the system policy.
    pub(crate) priority: Option<u32>,
    pub(super) conditions: Option<String>,
    pub(super) settings: Option<String>,
    /// The groups and users that it names.
    pub(crate) named: Vec<(Noun, String)>,
}

/// What a rule says, checked, as the database keeps it.
#[derive(Debug, Clone)]
pub(crate) struct RuleText {
    pub(crate) name: String,
    pub(crate) status: Option<Status>,
    /// Absent: the next.
    pub(crate) priority: Option<u32>,
    pub(super) conditions: String,
    /// Whether the rule applies to less than everybody.
    pub(crate) restricts: bool,
    pub(super) actions: String,
    /// The groups and users that it names.
    pub(crate) named: Vec<(Noun, String)>,
}

impl PolicyText {
    /// Reads a policy of the type from JSON in Okta's shape; the type itself is not part of it.
    pub(crate) fn read(policy_type: PolicyType, text: Value) -> Result<Self, Unreadable> {
        let has_status = text.get("status").is_some();
        each_type!(policy_type, A => Self::of::<A>(read(text)?, has_status))
    }

    /// The authenticators that an enrollment policy requires.
    pub(crate) fn required_authenticators(&self) -> Vec<AuthenticatorKey> {
        let settings = self.settings.as_deref();
        let is_enrollment = self.policy_type == PolicyType::MfaEnroll;
        let settings: Option<EnrollSettings> = settings
            .filter(|_| is_enrollment)
            .and_then(|settings| serde_json::from_str(settings).ok());
        settings
            .into_iter()
            .flat_map(|settings| settings.authenticators)
            .filter(|one| one.enroll.requirement == EnrollmentRequirement::Required)
            .map(|one| one.key)
            .collect()
    }

    fn of<A: Actions>(draft: Draft<A>, has_status: bool) -> Result<Self, Unreadable> {
        if let Some(flaw) = flaw(&draft) {
            return Err(Unreadable::Flaw(flaw));
        }
        Ok(Self {
            policy_type: A::TYPE,
            name: draft.name,
            description: draft.description,
            status: has_status.then_some(draft.status),
            priority: draft.priority,
            named: draft.conditions.as_ref().map(named_in).unwrap_or_default(),
            conditions: draft.conditions.as_ref().map(written).transpose()?,
            settings: draft.settings.as_ref().map(written).transpose()?,
        })
    }
}

impl RuleText {
    /// Reads a rule of a policy of the type from JSON in Okta's shape.
    pub(crate) fn read(policy_type: PolicyType, text: Value) -> Result<Self, Unreadable> {
        let has_status = text.get("status").is_some();
        each_type!(policy_type, A => Self::of::<A>(read(text)?, has_status))
    }

    fn of<A: Actions>(draft: RuleDraft<A>, has_status: bool) -> Result<Self, Unreadable> {
        if let Some(flaw) = rule_flaw(&draft) {
            return Err(Unreadable::Flaw(flaw));
        }
        let conditions: Conditions = draft.conditions.unwrap_or_default();
        let mut named = named_in(&conditions);
        named.extend(named_in_actions(&draft.actions));
        Ok(Self {
            name: draft.name,
            status: has_status.then_some(draft.status),
            priority: draft.priority,
            restricts: conditions.restricts(),
            conditions: written(&conditions)?,
            actions: written(&draft.actions)?,
            named,
        })
    }
}

fn read<T: DeserializeOwned>(text: Value) -> Result<T, Unreadable> {
    serde_path_to_error::deserialize(text).map_err(|error| Unreadable::Shape {
        field: error.path().to_string(),
        problem: error.into_inner().to_string(),
    })
}

pub(super) fn written(part: &impl Serialize) -> Result<String, Unreadable> {
    serde_json::to_string(part).map_err(|error| Unreadable::Shape {
        field: String::new(),
        problem: error.to_string(),
    })
}
