use serde_json::{Value, json};

use crate::api::hinted;
use crate::config::OrgUrl;
use crate::events::Target;
use crate::oauth::server::{ClaimRecord, ServerRecord};

/// The claim in Okta's shape.
pub(super) fn view(server: &ServerRecord, claim: &ClaimRecord, url: &OrgUrl) -> Value {
    let own = format!("/authorizationServers/{}/claims/{}", server.id, claim.id);
    let mut view = json!({
        "id": claim.id,
        "name": claim.name,
        "status": if claim.is_active { "ACTIVE" } else { "INACTIVE" },
        "claimType": claim.claim_type.as_str(),
        "valueType": claim.value_type.as_str(),
        "conditions": {"scopes": claim.scopes},
        "system": claim.system,
        "alwaysIncludeInToken": claim.always_included,
        "_links": {"self": hinted(url, &own, &["GET", "PUT", "DELETE"])},
    });
    if let Some(value) = &claim.value {
        view["value"] = json!(value);
    }
    if let Some(filter) = claim.group_filter {
        view["group_filter_type"] = json!(filter.as_str());
    }
    view
}

/// The claim in the System Log.
pub(super) fn target(claim: &ClaimRecord) -> Target {
    Target::new(
        "OAuthClaim",
        claim.id.as_str(),
        "unknown",
        claim.name.clone(),
    )
}
