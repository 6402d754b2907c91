use serde_json::{Value, json};

use super::GroupRecord;
use crate::api::href;
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};

/// The group in Okta's shape.
pub(in crate::api::v1) fn view(group: &GroupRecord, url: &OrgUrl) -> Value {
    let own = format!("/groups/{}", group.id);
    let mut profile = group.custom.clone();
    profile.insert("name".to_owned(), json!(group.name));
    profile.insert("description".to_owned(), json!(group.description));
    json!({
        "id": group.id,
        "created": wire_time(group.created_at),
        "lastUpdated": wire_time(group.updated_at),
        "lastMembershipUpdated": wire_time(group.membership_updated_at),
        "objectClass": ["okta:user_group"],
        "type": group.kind,
        "profile": profile,
        "_links": {
            "logo": [
                {"name": "medium", "href": url.to(crate::paths::ICON), "type": "image/svg+xml"},
                {"name": "large", "href": url.to(crate::paths::ICON), "type": "image/svg+xml"},
            ],
            "self": {"href": href(url, &own)},
            "users": {"href": href(url, &format!("{own}/users"))},
            "apps": {"href": href(url, &format!("{own}/apps"))},
            "owners": {"href": href(url, &format!("{own}/owners"))},
        },
    })
}

/// The group in the System Log.
pub(in crate::api::v1) fn target(group: &GroupRecord) -> Target {
    Target::new(
        "UserGroup",
        group.id.as_str(),
        "unknown",
        group.name.clone(),
    )
}
