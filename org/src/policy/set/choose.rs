use crate::policy::conditions::Labels;
use crate::policy::{
    Actions, Check, CheckResult, Decision, Explanation, Policy, Rule, Status, Subject,
};

/// The first of the policies that applies, with its first rule that does.
///
/// A policy of whose rules none applies is passed over, as at Okta: so somebody whom a rule excludes comes to the next policy.
pub(super) fn choose<'a, A: Actions>(
    policies: impl IntoIterator<Item = &'a Policy<A>>,
    who: Subject<'_>,
    labels: Labels<'_>,
) -> Choice<'a, A> {
    let mut trail = Trail {
        checks: Vec::new(),
        who,
        labels,
    };
    let mut chosen = None;
    for policy in policies {
        if policy.status == Status::Active && trail.policy_applies(policy) {
            chosen = trail.first_rule(policy).map(|rule| (policy, rule));
        }
        if chosen.is_some() {
            break;
        }
    }
    Choice {
        chosen,
        checks: trail.checks,
    }
}

/// What was chosen, and what was looked at.
#[derive(Debug)]
pub(super) struct Choice<'a, A: Actions> {
    chosen: Option<(&'a Policy<A>, &'a Rule<A>)>,
    checks: Vec<Check>,
}

impl<A: Actions> Choice<'_, A> {
    /// What the rule says, or the answer where there is none.
    pub(super) fn decide<T>(
        self,
        outcome: impl FnOnce(&Policy<A>, &A) -> T,
        otherwise: impl FnOnce() -> T,
    ) -> Decision<T> {
        let policy = self.chosen.map(|(policy, _)| policy);
        let rule = self.chosen.map(|(_, rule)| rule);
        Decision {
            outcome: match self.chosen {
                Some((policy, rule)) => outcome(policy, &rule.actions),
                None => otherwise(),
            },
            because: Explanation {
                policy_type: A::TYPE,
                policy_id: policy.map(|policy| policy.id.clone()),
                policy_name: policy.map(|policy| policy.name.clone()),
                rule_id: rule.map(|rule| rule.id.clone()),
                rule_name: rule.map(|rule| rule.name.clone()),
                checks: self.checks,
            },
        }
    }

    /// Adds a check before all others.
    pub(super) fn after(mut self, what: String) -> Self {
        let result = CheckResult::Match;
        self.checks.insert(0, Check { what, result });
        self
    }
}

struct Trail<'a> {
    checks: Vec<Check>,
    who: Subject<'a>,
    labels: Labels<'a>,
}

impl Trail<'_> {
    fn policy_applies<A: Actions>(&mut self, policy: &Policy<A>) -> bool {
        let name = &policy.name;
        if policy.is_system {
            let what = format!("Policy “{name}”: applies where no other does");
            self.checks.push(Check {
                what,
                result: CheckResult::Match,
            });
            return true;
        }
        let examined = policy.conditions.examine(self.who, self.labels);
        self.note(&format!("Policy “{name}”"), &examined);
        examined.applies()
    }

    fn first_rule<'p, A: Actions>(&mut self, policy: &'p Policy<A>) -> Option<&'p Rule<A>> {
        policy
            .rules
            .iter()
            .filter(|rule| rule.status == Status::Active)
            .find(|rule| {
                let examined = rule.conditions.examine(self.who, self.labels);
                self.note(&format!("Rule “{}”", rule.name), &examined);
                examined.applies()
            })
    }

    fn note(&mut self, place: &str, examined: &crate::policy::conditions::Examined) {
        self.checks
            .extend(examined.findings.iter().map(|finding| Check {
                what: format!("{place}: {}", finding.what),
                result: finding.result,
            }));
    }
}
