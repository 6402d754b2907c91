use serde_json::{Value, json};

use crate::api::hinted;
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};
use crate::trusted_origins::TrustedOrigin;

/// The trusted origin in Okta's shape.
pub(super) fn view(trusted: &TrustedOrigin, url: &OrgUrl) -> Value {
    let own = format!("/trustedOrigins/{}", trusted.id);
    let (status, switch) = if trusted.is_active {
        ("ACTIVE", "deactivate")
    } else {
        ("INACTIVE", "activate")
    };
    let mut links = json!({"self": hinted(url, &own, &["GET", "PUT", "DELETE"])});
    links[switch] = hinted(url, &format!("{own}/lifecycle/{switch}"), &["POST"]);
    json!({
        "id": trusted.id,
        "name": trusted.name,
        "origin": trusted.origin,
        "scopes": trusted.scopes,
        "status": status,
        "created": wire_time(trusted.created_at),
        "createdBy": trusted.created_by,
        "lastUpdated": wire_time(trusted.updated_at),
        "lastUpdatedBy": trusted.updated_by,
        "_links": links,
    })
}

/// The trusted origin in the System Log.
pub(super) fn target(trusted: &TrustedOrigin) -> Target {
    Target::new(
        "TrustedOrigin",
        trusted.id.as_str(),
        trusted.origin.clone(),
        trusted.name.clone(),
    )
}
