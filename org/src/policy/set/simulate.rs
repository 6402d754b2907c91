use model::AppId;

use super::PolicySet;
use crate::policy::app_sign_on::AppSignOnActions;
use crate::policy::conditions::{Conditions, Finding, Labels};
use crate::policy::enrollment::EnrollActions;
use crate::policy::password::PasswordActions;
use crate::policy::profile_enrollment::ProfileActions;
use crate::policy::sign_on::SignOnActions;
use crate::policy::{
    Actions, CheckResult, Explanation, Policy, PolicyId, PolicyType, Rule, RuleId, Status, Subject,
};

/// A policy that was looked at on the way to a decision.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PolicyTrial {
    pub(crate) id: PolicyId,
    pub(crate) name: String,
    /// [`CheckResult::Match`] for the one that decided.
    pub(crate) result: CheckResult,
    pub(crate) conditions: Vec<ConditionTrial>,
    /// Up to the one that decided; none where the policy's own conditions do not hold.
    pub(crate) rules: Vec<RuleTrial>,
}

/// A rule of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RuleTrial {
    pub(crate) id: RuleId,
    pub(crate) name: String,
    pub(crate) result: CheckResult,
    pub(crate) conditions: Vec<ConditionTrial>,
}

/// A condition of either.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ConditionTrial {
    /// Its place in Okta's shape.
    pub(crate) kind: &'static str,
    pub(crate) result: CheckResult,
    /// Whether it is taken to hold.
    pub(crate) holds: bool,
}

impl PolicySet {
    /// Goes the way that a sign-in goes, and tells of all policies up to the one that decides. The decision is that of a sign-in.
    pub(crate) fn simulate(
        &self,
        policy_type: PolicyType,
        app: Option<&AppId>,
        who: Subject<'_>,
    ) -> Vec<PolicyTrial> {
        match (policy_type, app) {
            (PolicyType::OktaSignOn, _) => {
                self.of_people::<SignOnActions>(&self.global_session(who).because, who)
            }
            (PolicyType::MfaEnroll, _) => {
                self.of_people::<EnrollActions>(&self.enrollment(who).because, who)
            }
            (PolicyType::Password, _) => {
                self.of_people::<PasswordActions>(&self.password(who).because, who)
            }
            (PolicyType::AccessPolicy, Some(app)) => {
                let because = self.app_sign_on(app, who).because;
                self.trials(self.candidates::<AppSignOnActions>(app), &because, who)
            }
            (PolicyType::ProfileEnrollment, Some(app)) => {
                let nobody = Subject {
                    user: None,
                    groups: &[],
                };
                let because = self.profile_enrollment(app).because;
                self.trials(self.candidates::<ProfileActions>(app), &because, nobody)
            }
            (PolicyType::AccessPolicy | PolicyType::ProfileEnrollment, None) => Vec::new(),
        }
    }

    fn of_people<A: Actions>(&self, because: &Explanation, who: Subject<'_>) -> Vec<PolicyTrial> {
        self.trials(A::list(self), because, who)
    }

    fn trials<'a, A: Actions + 'a>(
        &self,
        policies: impl IntoIterator<Item = &'a Policy<A>>,
        because: &Explanation,
        who: Subject<'_>,
    ) -> Vec<PolicyTrial> {
        let mut trials = Vec::new();
        for policy in policies {
            if policy.status != Status::Active {
                continue;
            }
            let trial = self.trial(policy, because, who);
            let decides = trial.result == CheckResult::Match;
            trials.push(trial);
            if decides {
                break;
            }
        }
        trials
    }

    fn trial<A: Actions>(
        &self,
        policy: &Policy<A>,
        because: &Explanation,
        who: Subject<'_>,
    ) -> PolicyTrial {
        let decides = because.policy_id.as_ref() == Some(&policy.id);
        // What is for everybody whom no other is for, asks nothing of its own.
        let conditions = if policy.is_system {
            Vec::new()
        } else {
            self.conditions(&policy.conditions, who)
        };
        let rules = if conditions.iter().all(|one| one.holds) {
            self.rules(
                &policy.rules,
                because.rule_id.as_ref().filter(|_| decides),
                who,
            )
        } else {
            Vec::new()
        };
        let of_rules = rules.iter().flat_map(|rule| &rule.conditions);
        let is_undecided = conditions.iter().chain(of_rules).any(decides_undecidably);
        PolicyTrial {
            id: policy.id.clone(),
            name: policy.name.clone(),
            result: result(decides, is_undecided),
            conditions,
            rules,
        }
    }

    fn rules<A: Actions>(
        &self,
        rules: &[Rule<A>],
        decides: Option<&RuleId>,
        who: Subject<'_>,
    ) -> Vec<RuleTrial> {
        let mut trials = Vec::new();
        for rule in rules.iter().filter(|rule| rule.status == Status::Active) {
            let conditions = self.conditions(&rule.conditions, who);
            let is_undecided = conditions.iter().any(decides_undecidably);
            let is_the_one = decides == Some(&rule.id);
            trials.push(RuleTrial {
                id: rule.id.clone(),
                name: rule.name.clone(),
                result: result(is_the_one, is_undecided),
                conditions,
            });
            if is_the_one {
                break;
            }
        }
        trials
    }

    fn conditions(&self, conditions: &Conditions, who: Subject<'_>) -> Vec<ConditionTrial> {
        let trial = |(kind, finding): (&'static str, Finding)| ConditionTrial {
            kind,
            result: finding.result,
            holds: finding.holds,
        };
        let each = conditions.examine_each(who, Labels(&self.labels));
        each.map(trial).collect()
    }
}

/// Whether it could be otherwise, did the org know more.
fn decides_undecidably(condition: &ConditionTrial) -> bool {
    condition.result == CheckResult::NotDecidable && !condition.holds
}

const fn result(decides: bool, is_undecided: bool) -> CheckResult {
    match (decides, is_undecided) {
        (true, _) => CheckResult::Match,
        (false, true) => CheckResult::NotDecidable,
        (false, false) => CheckResult::NoMatch,
    }
}
