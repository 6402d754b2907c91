use serde_json::{Value, json};

use crate::api::hinted;
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};
use crate::oauth::server::{PolicyRecord, RuleRecord, ServerRecord};

/// The rule in Okta's shape.
pub(super) fn view(
    server: &ServerRecord,
    policy: &PolicyRecord,
    rule: &RuleRecord,
    url: &OrgUrl,
) -> Value {
    let own = format!(
        "/authorizationServers/{}/policies/{}/rules/{}",
        server.id, policy.id, rule.id
    );
    let (status, switch) = if rule.is_active {
        ("ACTIVE", "deactivate")
    } else {
        ("INACTIVE", "activate")
    };
    let mut links = json!({"self": hinted(url, &own, &["GET", "PUT", "DELETE"])});
    links[switch] = hinted(url, &format!("{own}/lifecycle/{switch}"), &["POST"]);
    let mut token = json!(rule.token);
    token["inlineHook"] = Value::Null;
    json!({
        "type": "RESOURCE_ACCESS",
        "id": rule.id,
        "status": status,
        "name": rule.name,
        "priority": rule.priority,
        "system": rule.system,
        "conditions": rule.conditions,
        "actions": {"token": token},
        "created": wire_time(rule.created_at),
        "lastUpdated": wire_time(rule.updated_at),
        "_links": links,
    })
}

/// The rule in the System Log.
pub(super) fn target(rule: &RuleRecord) -> Target {
    Target::new("PolicyRule", rule.id.as_str(), "unknown", rule.name.clone())
}
