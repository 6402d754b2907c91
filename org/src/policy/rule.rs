use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

use super::conditions::Conditions;
use super::set::PolicySet;
use super::{Flaw, PolicyId, PolicyType, RuleId, Status};

/// What the rules of one type of policy say. The type of its rules is the type of a policy.
pub(crate) trait Actions: Debug + Clone + PartialEq + Serialize + DeserializeOwned {
    const TYPE: PolicyType;
    /// What a policy of the type says for all its rules.
    type Settings: Debug + Clone + PartialEq + Default + Serialize + DeserializeOwned;

    /// The policies of the type.
    fn list(set: &PolicySet) -> &Vec<Policy<Self>>;

    /// The policies of the type.
    fn list_mut(set: &mut PolicySet) -> &mut Vec<Policy<Self>>;

    /// What the last rule of a new policy says, for the types whose policies are never without one.
    fn catch_all() -> Option<Self> {
        None
    }

    /// The groups that people join by it.
    fn target_groups(&self) -> &[String] {
        &[]
    }

    /// What makes it unusable though its shape is right.
    fn flaw(&self) -> Option<Flaw> {
        None
    }
}

/// A policy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Policy<A: Actions> {
    pub(crate) id: PolicyId,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) status: Status,
    /// The lowest comes first. Those that apps are assigned to are not ordered.
    pub(crate) priority: u32,
    /// The one of its type that applies when no other does.
    pub(crate) is_system: bool,
    pub(crate) conditions: Conditions,
    pub(crate) settings: A::Settings,
    /// By priority, the system rule last.
    pub(crate) rules: Vec<Rule<A>>,
}

/// A rule of a policy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule<A> {
    pub(crate) id: RuleId,
    pub(crate) name: String,
    pub(crate) status: Status,
    /// The lowest comes first.
    pub(crate) priority: u32,
    /// The one that a policy always has.
    pub(crate) is_system: bool,
    pub(crate) conditions: Conditions,
    pub(crate) actions: A,
}

/// For policies that say nothing but their rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoSettings {}
