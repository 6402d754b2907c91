use serde_json::{Value, json};

use super::super::view::with_embedded;
use super::record::GrantRecord;
use crate::api::{ApiError, hinted, link};
use crate::config::OrgUrl;
use crate::events::wire_time;

/// The grant in Okta's shape.
pub(super) fn view(grant: &GrantRecord, url: &OrgUrl, with_scope: bool) -> Value {
    let app = link(url, &format!("/apps/{}", grant.app_id));
    let own = format!("/apps/{}/grants/{}", grant.app_id, grant.id);
    let at = wire_time(grant.created_at);
    let mut shape = json!({
        "id": grant.id,
        "status": "ACTIVE",
        "created": at,
        "lastUpdated": at,
        "issuer": grant.issuer,
        "clientId": grant.app_id,
        "scopeId": grant.scope,
        "source": "ADMIN",
        "_links": {"app": app, "client": app, "self": hinted(url, &own, &["GET", "DELETE"])},
    });
    if let Some(user) = &grant.user_id {
        shape["createdBy"] = json!({"id": user, "type": "User"});
    }
    if with_scope {
        return with_embedded(shape, "scope", json!({"id": grant.scope}));
    }
    shape
}

/// Whether `expand` asks for the scope.
pub(super) fn asks_for_scope(expand: Option<&str>) -> Result<bool, ApiError> {
    match expand {
        None => Ok(false),
        Some("scope") => Ok(true),
        Some(_) => Err(ApiError::invalid("expand", "Expected scope")),
    }
}
