use super::draft::{Draft, PolicyDraft, RuleDraft, each_draft};
use super::{Actions, PolicyType};

/// What makes a policy unusable though its shape is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// Where, in the policy: `rules[0].actions`.
    pub(crate) field: String,
    pub(crate) problem: &'static str,
    pub(crate) remedy: &'static str,
}

impl Flaw {
    pub(super) fn at(
        field: impl Into<String>,
        problem: &'static str,
        remedy: &'static str,
    ) -> Self {
        Self {
            field: field.into(),
            problem,
            remedy,
        }
    }

    /// The same, seen from further outside.
    pub(super) fn within(mut self, place: &str) -> Self {
        self.field = format!("{place}.{}", self.field);
        self
    }
}

/// Okta's limits.
const RULES: usize = 100;
const NAME: usize = 255;

impl PolicyDraft {
    /// The first flaw of the policy.
    pub(crate) fn flaw(&self) -> Option<Flaw> {
        each_draft!(self, draft => flaw(draft))
    }
}

/// The first flaw of a policy of one type.
pub(super) fn flaw<A: Actions>(draft: &Draft<A>) -> Option<Flaw> {
    let is_for_apps = A::TYPE.is_for_apps();
    if !is_name(&draft.name) {
        return Some(Flaw::at("name", UNNAMED, SHORT));
    }
    if is_for_apps && draft.conditions.is_some() {
        return Some(Flaw::at(
            "conditions",
            "policies of this type are for the apps that are assigned to them",
            "put the conditions into a rule",
        ));
    }
    if draft.rules.len() > RULES {
        let problem = "there are more than 100 rules";
        return Some(Flaw::at("rules", problem, "make them fewer"));
    }
    if A::TYPE == PolicyType::ProfileEnrollment && draft.rules.len() > 1 {
        let problem = "policies of this type have one rule";
        return Some(Flaw::at(
            "rules",
            problem,
            "keep the one called Catch-all Rule",
        ));
    }
    draft.rules.iter().enumerate().find_map(|(index, rule)| {
        rule_flaw(rule).map(|flaw| flaw.within(&format!("rules[{index}]")))
    })
}

/// The first flaw of a rule, seen from inside of it.
pub(super) fn rule_flaw<A: Actions>(rule: &RuleDraft<A>) -> Option<Flaw> {
    if !is_name(&rule.name) {
        return Some(Flaw::at("name", UNNAMED, SHORT));
    }
    rule.actions.flaw().map(|flaw| flaw.within("actions"))
}

const UNNAMED: &str = "it is empty or too long";
const SHORT: &str = "use 1 to 255 characters";

fn is_name(name: &str) -> bool {
    let is_plain = name.trim() == name && !name.chars().any(char::is_control);
    is_plain && (1..=NAME).contains(&name.chars().count())
}
