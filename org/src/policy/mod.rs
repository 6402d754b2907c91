//! Decisions: who may sign in, with what, and why.
//!
//! A [`PolicySet`] is all policies of the org as plain data; what it decides depends on nothing else than what it is asked, and
//! comes with its reason ([`Decision`]). What has been proved is weighed against it by a [`Requirement`].

mod app_sign_on;
mod assurance;
mod cache;
mod conditions;
mod defaults;
mod draft;
pub(crate) mod edit;
mod enrollment;
mod explanation;
mod flaw;
pub(crate) mod global_session;
mod id;
mod kind;
mod names;
pub(crate) mod password;
mod period;
mod profile_enrollment;
mod rule;
pub(crate) mod server_access;
mod set;
mod sign_on;
mod store;
pub(crate) mod verification;

use model::{GroupId, UserId};

pub(crate) use app_sign_on::AppSignOn;
pub(crate) use assurance::{AcrLevel, Requirement, carried_over};
pub(crate) use cache::PolicyCache;
pub(crate) use defaults::{defaults, store_defaults};
pub(crate) use draft::PolicyDraft;
pub(crate) use enrollment::{EnrollPrompt, EnrollmentPolicy, EnrollmentRequirement};
pub(crate) use explanation::{Check, CheckResult, Decision, Explanation};
pub(crate) use flaw::Flaw;
pub(crate) use id::{PolicyId, RuleId};
pub(crate) use kind::{Access, PolicyType, Status};
pub(crate) use names::{Names, Noun};
pub(crate) use password::{PasswordPolicy, StepUp};
pub(crate) use period::Period;
pub(crate) use profile_enrollment::{ProfileAttribute, ProfileEnrollment};
pub(crate) use rule::{Actions, NoSettings, Policy, Rule};
pub(crate) use set::{ConditionTrial, PolicySet, PolicyTrial, RuleTrial, is_called};
pub(crate) use store::{assign_app_policy, find_policy_by_name};

/// About whom a policy is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// None for somebody who is not known: not yet, or never.
    pub(crate) user: Option<&'a UserId>,
    pub(crate) groups: &'a [GroupId],
}
