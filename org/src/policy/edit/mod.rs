//! Single changes to policies and their rules, as the management API makes them: each is read, checked and written alone.

mod order;
mod policy;
mod rule;
mod text;

pub(crate) use policy::{
    NewPolicy, clone_policy, create_policy, delete_policy, is_name_taken, replace_policy,
    set_policy_status,
};
pub(crate) use rule::{
    create_rule, delete_rule, is_rule_name_taken, replace_rule, set_rule_status,
};
pub(crate) use text::{PolicyText, RuleText, Unreadable};

use super::app_sign_on::AppSignOnActions;
use super::enrollment::EnrollActions;
use super::password::PasswordActions;
use super::profile_enrollment::ProfileActions;
use super::sign_on::SignOnActions;

/// Runs the same code with the actions of whichever type it is.
macro_rules! each_type {
    ($policy_type:expr, $actions:ident => $body:expr) => {
        match $policy_type {
            $crate::policy::PolicyType::OktaSignOn => {
                type $actions = super::SignOnActions;
                $body
            }
            $crate::policy::PolicyType::MfaEnroll => {
                type $actions = super::EnrollActions;
                $body
            }
            $crate::policy::PolicyType::Password => {
                type $actions = super::PasswordActions;
                $body
            }
            $crate::policy::PolicyType::ProfileEnrollment => {
                type $actions = super::ProfileActions;
                $body
            }
            $crate::policy::PolicyType::AccessPolicy => {
                type $actions = super::AppSignOnActions;
                $body
            }
        }
    };
}
use each_type;

#[cfg(test)]
mod tests;
