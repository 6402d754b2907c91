use model::Entropy;

use super::PolicySet;
use crate::policy::conditions::Conditions;
use crate::policy::draft::{Draft, PolicyDraft, RuleDraft, each_draft};
use crate::policy::{Actions, Policy, PolicyId, Rule, RuleId, Status};

/// What Okta calls the last rule of a policy that apps are assigned to, and where it stands.
pub(in crate::policy) const CATCH_ALL: &str = "Catch-all Rule";
pub(in crate::policy) const CATCH_ALL_PRIORITY: u32 = 99;

impl PolicySet {
    /// Adds a policy, or changes the one of the same type and name: what the draft says replaces what was there, rules of the
    /// same name are replaced, others added. The ids in the draft are resolved already.
    pub(crate) fn put(&mut self, draft: PolicyDraft, entropy: &dyn Entropy) -> PolicyId {
        each_draft!(draft, draft => put_in(Actions::list_mut(self), draft, entropy))
    }
}

fn put_in<A: Actions>(
    policies: &mut Vec<Policy<A>>,
    draft: Draft<A>,
    entropy: &dyn Entropy,
) -> PolicyId {
    let wanted = draft.priority;
    let found = policies
        .iter()
        .position(|policy| is_called(&policy.name, &draft.name));
    let policy = match found {
        Some(at) => policies.remove(at),
        None => new(
            &draft,
            policies.iter().any(|other| other.is_system),
            entropy,
        ),
    };
    let policy = changed(policy, draft, entropy);
    let id = policy.id.clone();
    let wanted = wanted.or(found.map(|_| policy.priority));
    let at = if policy.is_system {
        None
    } else {
        let comes_later = |other: &Policy<A>| {
            other.is_system || wanted.is_some_and(|wanted| other.priority >= wanted)
        };
        policies.iter().position(comes_later)
    };
    policies.insert(at.unwrap_or(policies.len()), policy);
    number(policies);
    id
}

/// Those that apps are assigned to have no order. The others count from one.
fn number<A: Actions>(policies: &mut [Policy<A>]) {
    for (policy, place) in policies.iter_mut().zip(1..) {
        policy.priority = if A::TYPE.is_for_apps() { 1 } else { place };
    }
}

fn new<A: Actions>(draft: &Draft<A>, has_system: bool, entropy: &dyn Entropy) -> Policy<A> {
    let catch_all = A::catch_all().map(|actions| Rule {
        id: RuleId::generate(A::TYPE, entropy),
        name: CATCH_ALL.to_owned(),
        status: Status::Active,
        priority: CATCH_ALL_PRIORITY,
        is_system: true,
        conditions: Conditions::default(),
        actions,
    });
    Policy {
        id: PolicyId::generate(A::TYPE, entropy),
        name: draft.name.clone(),
        description: String::new(),
        status: Status::Active,
        priority: 1,
        is_system: draft.system && !has_system,
        conditions: Conditions::default(),
        settings: A::Settings::default(),
        rules: catch_all.into_iter().collect(),
    }
}

fn changed<A: Actions>(mut policy: Policy<A>, draft: Draft<A>, entropy: &dyn Entropy) -> Policy<A> {
    // What applies where nothing else does cannot be switched off.
    if !policy.is_system {
        policy.status = draft.status;
    }
    policy.description = draft.description.unwrap_or(policy.description);
    policy.conditions = draft.conditions.unwrap_or(policy.conditions);
    policy.settings = draft.settings.unwrap_or(policy.settings);
    for rule in draft.rules {
        put_rule(&mut policy, rule, entropy);
    }
    policy
}

fn put_rule<A: Actions>(policy: &mut Policy<A>, draft: RuleDraft<A>, entropy: &dyn Entropy) {
    let rules = &mut policy.rules;
    let found = rules
        .iter()
        .position(|rule| is_called(&rule.name, &draft.name));
    let old = found.map(|at| rules.remove(at));
    let has_system = rules.iter().any(|rule| rule.is_system);
    let is_new_system = draft.system && policy.is_system && !has_system;
    let is_system = old.as_ref().map_or(is_new_system, |old| old.is_system);
    let wanted = draft.priority.or(old.as_ref().map(|old| old.priority));
    let comes_later =
        |other: &Rule<A>| other.is_system || wanted.is_some_and(|wanted| other.priority >= wanted);
    let at = rules.iter().position(comes_later).filter(|_| !is_system);
    let rule = Rule {
        id: old.map_or_else(|| RuleId::generate(A::TYPE, entropy), |old| old.id),
        name: draft.name,
        status: if is_system {
            Status::Active
        } else {
            draft.status
        },
        priority: 0,
        is_system,
        conditions: draft.conditions.unwrap_or_default(),
        actions: draft.actions,
    };
    rules.insert(at.unwrap_or(rules.len()), rule);
    let first = u32::from(!A::TYPE.is_for_apps());
    for (rule, place) in rules.iter_mut().zip(first..) {
        let is_catch_all = rule.is_system && A::TYPE.is_for_apps();
        rule.priority = if is_catch_all {
            CATCH_ALL_PRIORITY
        } else {
            place
        };
    }
}

/// The preset that lets people in with any one factor has two names: the first is in orgs, the second in Okta's guides.
const ANY_ONE_FACTOR: [&str; 2] = ["one factor access", "any one factor"];

/// Whether two names mean the same policy. Letter case does not count.
pub(crate) fn is_called(name: &str, meant: &str) -> bool {
    let key = |name: &str| {
        let key = name.to_lowercase();
        let [first, second] = ANY_ONE_FACTOR;
        if key == second { first.to_owned() } else { key }
    };
    key(name) == key(meant)
}
