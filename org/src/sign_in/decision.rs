//! Decisions of policies in the System Log.

use serde_json::json;

use crate::events::{Event, EventType, Outcome, Target};
use crate::policy::{CheckResult, Explanation, PolicyType};

/// A decision about a sign-in, with the policy and the rule as targets and what was looked at. `None`: it is about something else.
pub(crate) fn evaluation(decision: &Explanation, outcome: Outcome) -> Option<Event> {
    let kind = match decision.policy_type {
        PolicyType::OktaSignOn => "OktaSignOn",
        PolicyType::AccessPolicy => "AccessPolicy",
        PolicyType::MfaEnroll | PolicyType::Password | PolicyType::ProfileEnrollment => {
            return None;
        }
    };
    let reason = match outcome {
        Outcome::Allow => "Sign-on policy evaluation resulted in ALLOW",
        Outcome::Deny => "Sign-on policy evaluation resulted in DENY",
        _ => "Sign-on policy evaluation resulted in CHALLENGE",
    };
    let mut event = Event::of(EventType::PolicyEvaluateSignOn).ended(outcome, reason);
    if let Some(policy) = &decision.policy_id {
        let name = decision.policy_name.as_deref().unwrap_or_default();
        let target = Target::new("PolicyEntity", policy.as_str(), "unknown", name);
        event = event.to(target.with(json!({"policyType": kind})));
        if let Some(rule) = &decision.rule_id {
            let name = decision.rule_name.as_deref().unwrap_or_default();
            event = event.to(Target::new(
                "PolicyRule",
                rule.as_str(),
                policy.as_str(),
                name,
            ));
        }
    }
    let checks: Vec<String> = decision
        .checks
        .iter()
        .map(|check| format!("{}: {}", check.what, result_of(check.result)))
        .collect();
    Some(event.debug("checks", checks.join("; ")))
}

const fn result_of(result: CheckResult) -> &'static str {
    match result {
        CheckResult::Match => "match",
        CheckResult::NoMatch => "no match",
        CheckResult::NotDecidable => "not decidable",
    }
}
