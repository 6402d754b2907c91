//! Why a decision is as it is, in words for people.

use serde::{Deserialize, Serialize};

use super::{PolicyId, PolicyType, RuleId};

/// A decision and its reason.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision<T> {
    /// What was decided.
    pub(crate) outcome: T,
    /// Which policy and rule decided it.
    pub(crate) because: Explanation,
}

/// Which policy and which rule decided, and what was looked at on the way there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Explanation {
    pub(crate) policy_type: PolicyType,
    /// None when no policy applies: then the answer is the strictest there is.
    pub(crate) policy_id: Option<PolicyId>,
    pub(crate) policy_name: Option<String>,
    pub(crate) rule_id: Option<RuleId>,
    pub(crate) rule_name: Option<String>,
    /// In the order in which they were made.
    pub(crate) checks: Vec<Check>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Check {
    /// In words, with the policy or rule that asks.
    pub(crate) what: String,
    pub(crate) result: CheckResult,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum CheckResult {
    /// It holds.
    Match,
    /// It does not hold.
    NoMatch,
    /// The org cannot know. What was assumed instead is part of the words.
    NotDecidable,
}
