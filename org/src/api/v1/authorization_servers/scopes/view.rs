use serde_json::{Value, json};

use crate::api::hinted;
use crate::config::OrgUrl;
use crate::events::Target;
use crate::oauth::server::{ScopeRecord, ServerRecord};

/// The scope in Okta's shape.
pub(super) fn view(server: &ServerRecord, scope: &ScopeRecord, url: &OrgUrl) -> Value {
    let own = format!("/authorizationServers/{}/scopes/{}", server.id, scope.id);
    let mut view = json!({
        "id": scope.id,
        "name": scope.name,
        "system": scope.system,
        "default": scope.is_default,
        "optional": scope.optional,
        "consent": scope.consent.as_str(),
        "metadataPublish": scope.metadata_publish.as_str(),
        "_links": {"self": hinted(url, &own, &["GET", "PUT", "DELETE"])},
    });
    for (name, text) in [
        ("displayName", &scope.display_name),
        ("description", &scope.description),
    ] {
        if let Some(text) = text {
            view[name] = json!(text);
        }
    }
    view
}

/// The scope in the System Log.
pub(super) fn target(scope: &ScopeRecord) -> Target {
    Target::new(
        "OAuthScope",
        scope.id.as_str(),
        "unknown",
        scope.name.clone(),
    )
}
