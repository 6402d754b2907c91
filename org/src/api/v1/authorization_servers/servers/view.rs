use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::api::hinted;
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};
use crate::oauth::keys::find_current_kid;
use crate::oauth::server::{RotationMode, ServerRecord};
use crate::paths;

/// After this long Okta turns the keys of a server whose rotation is automatic.
const ROTATION: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The server in Okta's shape.
pub(super) fn view(
    db: &Connection,
    server: &ServerRecord,
    url: &OrgUrl,
) -> rusqlite::Result<Value> {
    let mut signing = json!({
        "kid": find_current_kid(db, &server.id)?,
        "rotationMode": server.rotation_mode.as_str(),
        "lastRotated": wire_time(server.rotated_at),
    });
    if server.rotation_mode == RotationMode::Auto {
        let next = server.rotated_at.saturating_add(ROTATION);
        signing["nextRotation"] = json!(wire_time(next.unwrap_or(Timestamp::MAX)));
    }
    Ok(json!({
        "id": server.id,
        "name": server.name,
        "description": server.description,
        "audiences": [server.audience],
        "issuer": server.issuer(url),
        "issuerMode": server.issuer_mode.as_str(),
        "status": if server.is_active { "ACTIVE" } else { "INACTIVE" },
        "default": server.is_default,
        "created": wire_time(server.created_at),
        "lastUpdated": wire_time(server.updated_at),
        "credentials": {"signing": signing},
        "_links": links(server, url),
    }))
}

fn links(server: &ServerRecord, url: &OrgUrl) -> Value {
    let own = format!("/authorizationServers/{}", server.id);
    let below = |path: &str, allow: &[&str]| hinted(url, &format!("{own}{path}"), allow);
    let metadata = |name: &str, path: &str| {
        json!({
            "name": name,
            "href": format!("{}{path}", server.issuer(url)),
            "hints": {"allow": ["GET"]},
        })
    };
    let switch = if server.is_active {
        "deactivate"
    } else {
        "activate"
    };
    let mut links = json!({
        "self": below("", &["GET", "DELETE", "PUT"]),
        "metadata": [
            metadata("oauth-authorization-server", paths::OAUTH_METADATA),
            metadata("openid-configuration", paths::OPENID_CONFIGURATION),
        ],
        "rotateKey": below("/credentials/lifecycle/keyRotate", &["POST"]),
        "policies": below("/policies", &["GET"]),
        "claims": below("/claims", &["GET"]),
        "scopes": below("/scopes", &["GET"]),
    });
    links[switch] = below(&format!("/lifecycle/{switch}"), &["POST"]);
    links
}

/// The server in the System Log.
pub(in crate::api::v1::authorization_servers) fn target(server: &ServerRecord) -> Target {
    Target::new(
        "AuthorizationServer",
        server.id.as_str(),
        server.audience.clone(),
        server.name.clone(),
    )
}
