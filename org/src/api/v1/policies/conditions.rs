//! Conditions as Okta writes them: what a rule leaves out stands there in its form for "any".

use serde_json::{Map, Value, json};

use super::record::{PolicyRecord, RuleRecord};
use crate::policy::PolicyType;

/// The conditions of a policy. Those that apps are assigned to have none.
pub(super) fn of_policy(policy: &PolicyRecord) -> Value {
    if policy.policy_type.is_for_apps() {
        return Value::Null;
    }
    let mut conditions = policy.conditions.clone();
    trim(&mut conditions, "groups", "exclude");
    trim(&mut conditions, "users", "include");
    let mut any = json!({"people": {"groups": {"include": []}}});
    if policy.policy_type == PolicyType::Password {
        any["authProvider"] = json!({"provider": "OKTA"});
    }
    fill(&mut conditions, any);
    conditions
}

/// The conditions of a rule. The last rule of a policy for apps has none.
pub(super) fn of_rule(policy_type: PolicyType, rule: &RuleRecord) -> Value {
    let mut conditions = rule.conditions.clone();
    if policy_type.is_for_apps() {
        if rule.is_system {
            return Value::Null;
        }
    } else {
        trim(&mut conditions, "users", "include");
        trim(&mut conditions, "groups", "exclude");
    }
    if !rule.is_system {
        fill(&mut conditions, any_of_rule(policy_type));
    }
    conditions
}

fn any_of_rule(policy_type: PolicyType) -> Value {
    let mut any = json!({
        "people": {"users": {"exclude": []}},
        "network": {"connection": "ANYWHERE"},
    });
    match policy_type {
        PolicyType::MfaEnroll | PolicyType::Password => {}
        PolicyType::OktaSignOn => {
            any["authContext"] = json!({"authType": "ANY"});
            any["identityProvider"] = json!({"provider": "ANY"});
            any["riskScore"] = json!({"level": "ANY"});
            any["risk"] = json!({"behaviors": []});
        }
        PolicyType::AccessPolicy | PolicyType::ProfileEnrollment => {
            let both = json!({"include": [], "exclude": []});
            any["people"] = json!({"users": both, "groups": both});
            any["riskScore"] = json!({"level": "ANY"});
            any["platform"] = both.clone();
            any["userType"] = both;
        }
    }
    any
}

/// Takes an empty list out of a part of `people` that Okta writes without it.
fn trim(conditions: &mut Value, part: &str, list: &str) {
    let Some(Value::Object(lists)) = conditions.pointer_mut(&format!("/people/{part}")) else {
        return;
    };
    if lists.len() > 1 && lists.get(list).is_some_and(|list| *list == json!([])) {
        lists.remove(list);
    }
}

/// Adds what is not there.
fn fill(conditions: &mut Value, any: Value) {
    let (Value::Object(said), Value::Object(any)) = (conditions, any) else {
        return;
    };
    for (name, form) in any {
        let part = said
            .entry(name)
            .or_insert_with(|| Value::Object(Map::new()));
        if *part == json!({}) {
            *part = form;
        }
    }
}
