use serde_json::{Value, json};

use super::record::RuleRecord;
use crate::events::{Target, wire_time};

/// The rule in Okta's shape.
pub(super) fn view(rule: &RuleRecord) -> Value {
    json!({
        "type": "group_rule",
        "id": rule.id,
        "status": rule.status(),
        "name": rule.name,
        "created": wire_time(rule.created_at),
        "lastUpdated": wire_time(rule.updated_at),
        "conditions": {
            "people": {"users": {"exclude": rule.excluded}, "groups": {"exclude": []}},
            "expression": {"value": rule.expression, "type": "urn:okta:expression:1.0"},
        },
        "actions": {"assignUserToGroups": {"groupIds": rule.groups}},
    })
}

/// The rule in the System Log.
pub(super) fn target(rule: &RuleRecord) -> Target {
    Target::new("GroupRule", rule.id.clone(), "unknown", rule.name.clone())
}
