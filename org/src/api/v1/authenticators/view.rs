use serde_json::{Value, json};

use super::record::Record;
use super::settings;
use crate::api::hinted;
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};

/// The authenticator in Okta's shape.
pub(super) fn view(record: &Record, url: &OrgUrl) -> Value {
    let own = format!("/authenticators/{}", record.id);
    let mut shape = json!({
        "type": record.key.kind(),
        "id": record.id,
        "key": record.key.as_str(),
        "status": status(record.is_active),
        "name": record.key.display_name(),
        "created": wire_time(record.created_at),
        "lastUpdated": wire_time(record.updated_at),
        "_links": links(&own, record.is_active, url),
    });
    shape["_links"]["methods"] = hinted(url, &format!("{own}/methods"), &["GET"]);
    if let Some(settings) = settings::view(record) {
        shape["settings"] = settings;
    }
    shape
}

pub(super) const fn status(is_active: bool) -> &'static str {
    if is_active { "ACTIVE" } else { "INACTIVE" }
}

/// Itself, and the step to its other status.
pub(super) fn links(own: &str, is_active: bool, url: &OrgUrl) -> Value {
    let step = if is_active { "deactivate" } else { "activate" };
    let mut links = json!({"self": hinted(url, own, &["GET", "PUT"])});
    links[step] = hinted(url, &format!("{own}/lifecycle/{step}"), &["POST"]);
    links
}

/// The authenticator in the System Log.
pub(super) fn target(record: &Record) -> Target {
    let key = record.key;
    Target::new(
        "Authenticator",
        record.id.as_str(),
        key.as_str(),
        key.display_name(),
    )
}
