use serde_json::{Value, json};

use crate::api::{ApiToken, hinted};
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};

/// The token in Okta's shape, without the token.
pub(super) fn view(token: &ApiToken, url: &OrgUrl) -> Value {
    json!({
        "id": token.id,
        "name": token.name,
        "userId": token.user_id,
        "tokenWindow": "P30D",
        "network": {"connection": "ANYWHERE"},
        "clientName": "Okta API",
        "created": wire_time(token.created_at),
        "lastUpdated": wire_time(token.updated_at),
        "expiresAt": wire_time(token.expires_at()),
        "_links": {
            "self": hinted(url, &format!("/api-tokens/{}", token.id), &["GET", "DELETE"]),
            "user": hinted(url, &format!("/users/{}", token.user_id), &["GET"]),
        },
    })
}

/// The token in the System Log.
pub(super) fn target(token: &ApiToken) -> Target {
    Target::new("Token", token.id.as_str(), "unknown", token.name.clone())
}
