use model::OrgId;
use serde_json::{Map, Value, json};

use crate::api::{hinted, href};
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};
use crate::settings::OrgRecord;

/// The org in the shape of Okta's `OrgSetting`. What is not said is null.
pub(super) fn view(record: &OrgRecord, id: &OrgId, url: &OrgUrl) -> Value {
    let mut fields = match json!(record.general) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.remove("optOutCommunicationEmails");
    let subdomain = url::Url::parse(url.as_str())
        .ok()
        .and_then(|url| url.host_str().map(ToOwned::to_owned))
        .and_then(|host| host.split('.').next().map(ToOwned::to_owned));
    fields.insert("id".to_owned(), json!(id));
    fields.insert("created".to_owned(), json!(wire_time(record.created_at)));
    fields.insert(
        "lastUpdated".to_owned(),
        json!(wire_time(record.updated_at)),
    );
    fields.insert("expiresAt".to_owned(), Value::Null);
    fields.insert("status".to_owned(), json!("ACTIVE"));
    fields.insert("subdomain".to_owned(), json!(subdomain));
    fields.insert(
        "_links".to_owned(),
        json!({
            "preferences": {"href": href(url, "/org/preferences")},
            "uploadLogo": hinted(url, "/org/logo", &["POST"]),
            "contacts": {"href": href(url, "/org/contacts")},
        }),
    );
    Value::Object(fields)
}

/// The org in the System Log.
pub(super) fn target(id: &OrgId) -> Target {
    Target::new("Org", id.as_str(), "unknown", "Org settings")
}
