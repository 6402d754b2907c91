//! All policies of the org as plain data, and the decisions they lead to.

mod choose;
mod decide;
mod put;
mod simulate;

use model::AppId;
use std::collections::HashMap;

use super::app_sign_on::AppSignOnActions;
use super::enrollment::EnrollActions;
use super::password::PasswordActions;
use super::profile_enrollment::ProfileActions;
use super::sign_on::SignOnActions;
use super::{Policy, PolicyId, PolicyType};

pub(crate) use put::is_called;
pub(super) use put::{CATCH_ALL, CATCH_ALL_PRIORITY};
pub(crate) use simulate::{ConditionTrial, PolicyTrial, RuleTrial};

/// The policies and rules of the org. Inactive ones are part of it, and passed over by decisions.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PolicySet {
    pub(super) sign_on: Vec<Policy<SignOnActions>>,
    pub(super) enrollment: Vec<Policy<EnrollActions>>,
    pub(super) password: Vec<Policy<PasswordActions>>,
    pub(super) profile: Vec<Policy<ProfileActions>>,
    pub(super) access: Vec<Policy<AppSignOnActions>>,
    /// The policies that apps are assigned to.
    pub(super) assigned: HashMap<(AppId, PolicyType), PolicyId>,
    /// What the groups and users are called that conditions name.
    pub(super) labels: HashMap<String, String>,
}

#[cfg(test)]
impl PolicySet {
    /// Assigns an app to a policy of a type that apps are assigned to.
    pub(crate) fn assign(&mut self, app: AppId, policy_type: PolicyType, policy: PolicyId) {
        self.assigned.insert((app, policy_type), policy);
    }
}

#[cfg(test)]
mod tests;
