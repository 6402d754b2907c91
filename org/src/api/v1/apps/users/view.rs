use model::AppId;
use serde_json::{Map, Value, json};

use super::record::Held;
use crate::api::link;
use crate::config::OrgUrl;
use crate::events::{Target, wire_time};

/// The attributes of an OpenID Connect app user, and where they come from.
const ATTRIBUTES: [(&str, &str); 15] = [
    ("preferred_username", "login"),
    ("nickname", "nickName"),
    ("given_name", "firstName"),
    ("middle_name", "middleName"),
    ("family_name", "lastName"),
    ("profile", "profileUrl"),
    ("email", "email"),
    ("phone_number", "primaryPhone"),
    ("zoneinfo", "timezone"),
    ("locale", "locale"),
    ("street_address", "streetAddress"),
    ("locality", "city"),
    ("region", "state"),
    ("postal_code", "zipCode"),
    ("country", "countryCode"),
];

/// What Okta fills in where a user says nothing.
const USUAL: [(&str, &str); 2] = [("zoneinfo", "America/Los_Angeles"), ("locale", "en_US")];

/// The user of an app in Okta's shape.
pub(in crate::api::v1::apps) fn view(app: &AppId, held: &Held, url: &OrgUrl) -> Value {
    let user = link(url, &format!("/users/{}", held.user_id));
    let mut links = json!({"app": link(url, &format!("/apps/{app}")), "user": user});
    if let Some(group) = &held.group {
        links["group"] = link(url, &format!("/groups/{group}"));
        links["group"]["name"] = json!(group);
    }
    let updated = wire_time(held.updated_at);
    let created = wire_time(held.created_at);
    json!({
        "id": held.user_id,
        "externalId": null,
        "created": created,
        "lastUpdated": updated,
        "scope": if held.group.is_some() { "GROUP" } else { "USER" },
        "status": "ACTIVE",
        "statusChanged": created,
        "passwordChanged": null,
        "syncState": "DISABLED",
        "credentials": {"userName": held.name()},
        "profile": profile(held),
        "_links": links,
    })
}

/// From the directory, unless the assignment says otherwise.
fn profile(held: &Held) -> Map<String, Value> {
    let user = serde_json::to_value(&held.user).unwrap_or_default();
    let mut profile = Map::new();
    profile.insert("name".to_owned(), json!(held.user.full_name()));
    for (name, source) in ATTRIBUTES {
        let value = user.get(source).cloned().unwrap_or_default();
        profile.insert(name.to_owned(), value);
    }
    for (name, value) in USUAL {
        if profile.get(name).is_some_and(Value::is_null) {
            profile.insert(name.to_owned(), json!(value));
        }
    }
    profile.extend(held.profile.clone());
    profile
}

/// The user of an app in the System Log.
pub(super) fn target(held: &Held) -> Target {
    let name = held.user.full_name();
    Target::new("AppUser", held.user_id.as_str(), held.name(), name)
}
