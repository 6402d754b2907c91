use serde_json::{Map, Value, json};

use super::conditions::{of_policy, of_rule};
use super::record::{PolicyRecord, RuleRecord};
use crate::api::hinted;
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};
use crate::policy::{PolicyType, Status};

/// The policy in Okta's shape. Its rules are part of it when they were asked for.
pub(super) fn view(policy: &PolicyRecord, rules: Option<&[RuleRecord]>, url: &OrgUrl) -> Value {
    let mut shape = json!({
        "id": policy.id,
        "status": policy.status.as_str(),
        "name": policy.name,
        "description": policy.description,
        "priority": policy.priority,
        "system": policy.is_system,
        "conditions": of_policy(policy),
        "created": wire_time(policy.created_at),
        "lastUpdated": wire_time(policy.updated_at),
        "_links": links(policy, url),
        "type": policy.policy_type.as_str(),
    });
    if policy
        .settings
        .as_object()
        .is_some_and(|said| !said.is_empty())
    {
        shape["settings"] = policy.settings.clone();
    }
    let mut embedded = Map::new();
    if policy.policy_type == PolicyType::AccessPolicy {
        embedded.insert("resourceType".to_owned(), "APP".into());
    }
    if let Some(rules) = rules {
        let rules = rules.iter().map(|rule| rule_view(policy, rule, url));
        embedded.insert("rules".to_owned(), rules.collect());
    }
    if !embedded.is_empty() {
        shape["_embedded"] = Value::Object(embedded);
    }
    shape
}

fn links(policy: &PolicyRecord, url: &OrgUrl) -> Value {
    let own = format!("/policies/{}", policy.id);
    let mut links = own_links(&own, policy.is_system, policy.status, url);
    links["rules"] = hinted(url, &format!("{own}/rules"), &["GET", "POST"]);
    if policy.policy_type.is_for_apps() && !policy.is_system {
        links["mappings"] = hinted(url, &format!("{own}/mappings"), &["GET", "POST"]);
    }
    links
}

/// What can be done with the object itself: the system's can be neither deleted nor switched off.
fn own_links(own: &str, is_system: bool, status: Status, url: &OrgUrl) -> Value {
    if is_system {
        return json!({"self": hinted(url, own, &["GET", "PUT"])});
    }
    let step = match status {
        Status::Active => "deactivate",
        Status::Inactive => "activate",
    };
    let mut links = json!({"self": hinted(url, own, &["GET", "PUT", "DELETE"])});
    links[step] = hinted(url, &format!("{own}/lifecycle/{step}"), &["POST"]);
    links
}

/// The rule in Okta's shape.
pub(super) fn rule_view(policy: &PolicyRecord, rule: &RuleRecord, url: &OrgUrl) -> Value {
    let own = format!("/policies/{}/rules/{}", policy.id, rule.id);
    json!({
        "id": rule.id,
        "status": rule.status.as_str(),
        "name": rule.name,
        "priority": rule.priority,
        "created": wire_time(rule.created_at),
        "lastUpdated": wire_time(rule.updated_at),
        "system": rule.is_system,
        "conditions": of_rule(policy.policy_type, rule),
        "actions": rule.actions,
        "_links": own_links(&own, rule.is_system, rule.status, url),
        "type": policy.policy_type.rule_type(),
    })
}

/// The policy in the System Log.
pub(in crate::api::v1) fn target(policy: &PolicyRecord) -> Target {
    let id = policy.id.as_str();
    Target::new("PolicyEntity", id, "unknown", policy.name.clone())
        .with(json!({"policyType": policy.policy_type.as_str()}))
}

/// The rule in the System Log.
pub(super) fn rule_target(rule: &RuleRecord) -> Target {
    Target::new("PolicyRule", rule.id.as_str(), "unknown", rule.name.clone())
}
