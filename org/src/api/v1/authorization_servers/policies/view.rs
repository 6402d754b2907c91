use serde_json::{Value, json};

use crate::api::hinted;
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};
use crate::oauth::server::{PolicyRecord, ServerRecord};

/// The policy in Okta's shape.
pub(super) fn view(server: &ServerRecord, policy: &PolicyRecord, url: &OrgUrl) -> Value {
    let own = format!("/authorizationServers/{}/policies/{}", server.id, policy.id);
    let (status, switch) = if policy.is_active {
        ("ACTIVE", "deactivate")
    } else {
        ("INACTIVE", "activate")
    };
    let mut links = json!({
        "self": hinted(url, &own, &["GET", "PUT", "DELETE"]),
        "rules": hinted(url, &format!("{own}/rules"), &["GET"]),
    });
    links[switch] = hinted(url, &format!("{own}/lifecycle/{switch}"), &["POST"]);
    json!({
        "type": "OAUTH_AUTHORIZATION_POLICY",
        "id": policy.id,
        "status": status,
        "name": policy.name,
        "description": policy.description,
        "priority": policy.priority,
        "system": policy.system,
        "conditions": {"clients": {"include": policy.clients}},
        "created": wire_time(policy.created_at),
        "lastUpdated": wire_time(policy.updated_at),
        "_links": links,
    })
}

/// The policy in the System Log.
pub(super) fn target(policy: &PolicyRecord) -> Target {
    Target::new(
        "PolicyEntity",
        policy.id.as_str(),
        "OAUTH_AUTHORIZATION_POLICY",
        policy.name.clone(),
    )
}
