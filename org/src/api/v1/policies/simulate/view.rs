use serde_json::{Value, json};

use crate::policy::{CheckResult, ConditionTrial, PolicyTrial, PolicyType, RuleTrial};

/// What would be decided by policies of one type.
pub(super) fn evaluation(policy_type: PolicyType, trials: &[PolicyTrial], expands: bool) -> Value {
    let those = |result: CheckResult| -> Vec<Value> {
        let found = trials.iter().filter(|trial| trial.result == result);
        found.map(policy).collect()
    };
    let passed_over = |result| if expands { those(result) } else { Vec::new() };
    json!({
        "status": null,
        "policyType": policy_type.as_str(),
        "result": {"policies": those(CheckResult::Match)},
        "undefined": {"policies": passed_over(CheckResult::NotDecidable)},
        "evaluated": {"policies": passed_over(CheckResult::NoMatch)},
    })
}

/// Of the policy that decides only the rule that does: the others are those that were passed over.
fn policy(trial: &PolicyTrial) -> Value {
    let decides = trial.result == CheckResult::Match;
    let told = |rule: &&RuleTrial| !decides || rule.result == CheckResult::Match;
    json!({
        "id": trial.id,
        "name": trial.name,
        "status": status(trial.result),
        "conditions": conditions(&trial.conditions),
        "rules": trial.rules.iter().filter(told).map(rule).collect::<Vec<_>>(),
    })
}

fn rule(trial: &RuleTrial) -> Value {
    json!({
        "id": trial.id,
        "name": trial.name,
        "status": status(trial.result),
        "conditions": conditions(&trial.conditions),
    })
}

fn conditions(trials: &[ConditionTrial]) -> Vec<Value> {
    trials
        .iter()
        .map(|trial| json!({"type": trial.kind, "status": status(trial.result)}))
        .collect()
}

const fn status(result: CheckResult) -> &'static str {
    match result {
        CheckResult::Match => "MATCH",
        CheckResult::NoMatch => "NOT_MATCH",
        CheckResult::NotDecidable => "UNDEFINED",
    }
}
