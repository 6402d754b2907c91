//! Why a person is asked what they are asked: the decisions of the policies, in words.

use crate::policy::{CheckResult, Explanation, PolicyType};

/// One decision.
#[derive(Debug, Clone)]
pub(crate) struct Reason {
    /// What kind of policy decided.
    pub(crate) kind: &'static str,
    pub(crate) policy: String,
    pub(crate) rule: Option<String>,
    pub(crate) checks: Vec<Checked>,
}

/// One thing that was looked at.
#[derive(Debug, Clone)]
pub(crate) struct Checked {
    pub(crate) what: String,
    pub(crate) result: &'static str,
}

/// The decisions in the order in which they were made.
pub(crate) fn reasons(trail: &[Explanation]) -> Vec<Reason> {
    trail.iter().map(reason).collect()
}

fn reason(explanation: &Explanation) -> Reason {
    let checks = explanation.checks.iter().map(|check| Checked {
        what: check.what.clone(),
        result: match check.result {
            CheckResult::Match => "yes",
            CheckResult::NoMatch => "no",
            CheckResult::NotDecidable => "not known here",
        },
    });
    Reason {
        kind: name_of(explanation.policy_type),
        policy: explanation
            .policy_name
            .clone()
            .unwrap_or_else(|| "no policy applies".to_owned()),
        rule: explanation.rule_name.clone(),
        checks: checks.collect(),
    }
}

const fn name_of(kind: PolicyType) -> &'static str {
    match kind {
        PolicyType::OktaSignOn => "Global session policy",
        PolicyType::MfaEnroll => "Authenticator enrollment policy",
        PolicyType::Password => "Password policy",
        PolicyType::ProfileEnrollment => "User profile policy",
        PolicyType::AccessPolicy => "Authentication policy",
    }
}
