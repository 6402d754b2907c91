//! The password policy (`PASSWORD`): what passwords must be, when they lock, and how they are recovered.

mod rule;
mod settings;

use super::set::PolicySet;
use super::{Access, Actions, Policy, PolicyType};

pub(crate) use rule::{PasswordActions, PasswordReset, StepUp};
pub(crate) use settings::{
    Age, Complexity, ExcludedAttribute, Lockout, PasswordSettings, RecoveryFactors,
};

/// What the password policy says of a person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PasswordPolicy {
    pub(crate) complexity: Complexity,
    pub(crate) age: Age,
    pub(crate) lockout: Lockout,
    pub(crate) recovery: RecoveryFactors,
    /// Whether a person who is signed in may change the password.
    pub(crate) password_change: Access,
    /// Whether and how a person who forgot it may set another.
    pub(crate) self_service_password_reset: PasswordReset,
    /// Whether a person may unlock the account.
    pub(crate) self_service_unlock: Access,
}

impl PasswordPolicy {
    pub(super) fn new(settings: &PasswordSettings, actions: &PasswordActions) -> Self {
        Self {
            complexity: settings.password.complexity.clone(),
            age: settings.password.age,
            lockout: settings.password.lockout.clone(),
            recovery: settings.recovery.factors.clone(),
            password_change: actions.password_change.access,
            self_service_password_reset: PasswordReset::from(&actions.self_service_password_reset),
            self_service_unlock: actions.self_service_unlock.access,
        }
    }

    /// The answer where no policy applies: Okta's figures, and nothing that a person may do alone.
    pub(super) fn closed() -> Self {
        Self::new(&PasswordSettings::default(), &PasswordActions::closed())
    }
}

impl Actions for PasswordActions {
    const TYPE: PolicyType = PolicyType::Password;
    type Settings = PasswordSettings;

    fn list(set: &PolicySet) -> &Vec<Policy<Self>> {
        &set.password
    }

    fn list_mut(set: &mut PolicySet) -> &mut Vec<Policy<Self>> {
        &mut set.password
    }
}
