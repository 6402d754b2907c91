//! The user profile policy of an app (`PROFILE_ENROLLMENT`): whether strangers may register, and what they are asked.

use model::GroupId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::set::PolicySet;
use super::{Access, Actions, Flaw, NoSettings, Policy, PolicyType};

/// What a rule of the type says, in Okta's shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ProfileActions {
    pub(crate) profile_enrollment: ProfileRule,
}

/// Who may register, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ProfileRule {
    pub(crate) access: Access,
    pub(crate) unknown_user_action: UnknownUserAction,
    #[serde(default)]
    pub(crate) activation_requirements: ActivationRequirements,
    #[serde(default)]
    pub(crate) profile_attributes: Vec<ProfileAttribute>,
    /// At most one; in a seed, its name.
    pub(crate) target_group_ids: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) progressive_profiling_action: Switch,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) enroll_authenticator_types: Vec<EnrollAuthenticatorType>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) allowed_identifiers: Vec<String>,
    /// Kept as given: the org calls no hooks.
    pub(crate) pre_registration_inline_hooks: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ui_schema_id: Option<String>,
}

/// What happens to people whom the org does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UnknownUserAction {
    Deny,
    Register,
}

/// What must be done before an account is active.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ActivationRequirements {
    pub(crate) email_verification: bool,
}

impl Default for ActivationRequirements {
    fn default() -> Self {
        Self {
            email_verification: true,
        }
    }
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Switch {
    Enabled,
    #[default]
    Disabled,
}

/// What may be asked for on the first page of a registration, besides attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EnrollAuthenticatorType {
    Password,
}

/// An attribute that a person is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ProfileAttribute {
    /// As the profile names it.
    pub(crate) name: String,
    /// As people see it.
    pub(crate) label: String,
    #[serde(default)]
    pub(crate) required: bool,
}

/// What the user profile policy of an app says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProfileEnrollment {
    /// Whether people may register.
    pub(crate) registration: bool,
    /// Whether a person must prove the address before the account is active.
    pub(crate) email_verification: bool,
    /// What they are asked for, in this order. Nothing else may be written.
    pub(crate) attributes: Vec<ProfileAttribute>,
    /// The group that they join.
    pub(crate) target_group: Option<GroupId>,
    /// Whether people who lack a required attribute are asked for it when they sign in.
    pub(crate) progressive: bool,
    /// What is asked for on the first page as well.
    pub(crate) enroll_authenticator_types: Vec<EnrollAuthenticatorType>,
}

impl From<&ProfileActions> for ProfileEnrollment {
    fn from(
        ProfileActions {
            profile_enrollment: rule,
        }: &ProfileActions,
    ) -> Self {
        let registers = rule.unknown_user_action == UnknownUserAction::Register;
        let target = rule.target_group_ids.iter().flatten().next();
        Self {
            registration: rule.access.is_allowed() && registers,
            email_verification: rule.activation_requirements.email_verification,
            attributes: rule.profile_attributes.clone(),
            target_group: target.and_then(|id| GroupId::parse(id).ok()),
            progressive: rule.progressive_profiling_action == Switch::Enabled,
            enroll_authenticator_types: rule.enroll_authenticator_types.clone(),
        }
    }
}

impl ProfileEnrollment {
    /// The answer where no policy applies.
    pub(super) const fn closed() -> Self {
        Self {
            registration: false,
            email_verification: true,
            attributes: Vec::new(),
            target_group: None,
            progressive: false,
            enroll_authenticator_types: Vec::new(),
        }
    }
}

impl Actions for ProfileActions {
    const TYPE: PolicyType = PolicyType::ProfileEnrollment;
    type Settings = NoSettings;

    fn list(set: &PolicySet) -> &Vec<Policy<Self>> {
        &set.profile
    }

    fn list_mut(set: &mut PolicySet) -> &mut Vec<Policy<Self>> {
        &mut set.profile
    }

    /// As at Okta, a policy that says nothing else lets people register.
    fn catch_all() -> Option<Self> {
        let attribute = |name: &str, label: &str| ProfileAttribute {
            name: name.to_owned(),
            label: label.to_owned(),
            required: true,
        };
        Some(Self {
            profile_enrollment: ProfileRule {
                access: Access::Allow,
                unknown_user_action: UnknownUserAction::Register,
                activation_requirements: ActivationRequirements::default(),
                profile_attributes: vec![
                    attribute("firstName", "First name"),
                    attribute("email", "Primary email"),
                ],
                target_group_ids: None,
                progressive_profiling_action: Switch::Enabled,
                enroll_authenticator_types: Vec::new(),
                allowed_identifiers: vec!["login".to_owned()],
                pre_registration_inline_hooks: None,
                ui_schema_id: None,
            },
        })
    }

    fn target_groups(&self) -> &[String] {
        let groups = self.profile_enrollment.target_group_ids.as_deref();
        groups.unwrap_or_default()
    }

    fn flaw(&self) -> Option<Flaw> {
        let rule = &self.profile_enrollment;
        let attributes = &rule.profile_attributes;
        let named = |name: &str| attributes.iter().filter(|one| one.name == name).count();
        let flaw = if rule.target_group_ids.iter().flatten().count() > 1 {
            Flaw::at(
                "targetGroupIds",
                "it names more than one group",
                "name one group",
            )
        } else if attributes.len() > ATTRIBUTES {
            Flaw::at(
                "profileAttributes",
                "there are more than ten",
                "ask for fewer",
            )
        } else if attributes.iter().any(|one| named(&one.name) > 1) {
            Flaw::at("profileAttributes", "one is named twice", "name each once")
        } else if rule.unknown_user_action == UnknownUserAction::Register && named("email") == 0 {
            Flaw::at(
                "profileAttributes",
                "email is not among them",
                "add it: people register with it",
            )
        } else {
            return None;
        };
        Some(flaw.within("profileEnrollment"))
    }
}

/// Okta's limit.
const ATTRIBUTES: usize = 10;
