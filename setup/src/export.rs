//! Everything the guide touches, as JSON that is the same for the same org: sorted, with names in the place of ids, without
//! times, ids and secrets.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::Fault;
use crate::paths::{
    self, APPS, AUTHENTICATORS, GROUPS, LOCAL_SETTINGS, SERVER_POLICIES, TRUSTED_ORIGINS, USERS,
};
use crate::steps::app_of;
use crate::walk::Guide;

/// The types of policies, as `export` names them.
const POLICY_TYPES: [&str; 5] = [
    "OKTA_SIGN_ON",
    "ACCESS_POLICY",
    "MFA_ENROLL",
    "PASSWORD",
    "PROFILE_ENROLLMENT",
];

/// What says nothing about how the org is set up, or differs between two orgs that are set up alike.
const LEFT_OUT: [&str; 23] = [
    "_links",
    "_embedded",
    "id",
    "orn",
    "created",
    "lastUpdated",
    "activated",
    "statusChanged",
    "lastLogin",
    "passwordChanged",
    "lastMembershipUpdated",
    "realmId",
    "client_id",
    "client_secret",
    "kid",
    "signing",
    "lastRotated",
    "nextRotation",
    "errorId",
    "appLinks",
    "uiSchemaId",
    "appInstanceId",
    "profileMasters",
];

/// Reads it all and writes it in its one form, with a line end.
pub async fn export(guide: &Guide) -> Result<String, Fault> {
    let mut names = Names::default();
    let document = read(guide, &mut names).await?;
    let canonical = names.canonical(&document);
    serde_json::to_string_pretty(&canonical)
        .map(|text| text + "\n")
        .map_err(|error| Fault::unexpected(error.to_string()))
}

async fn read(guide: &Guide, names: &mut Names) -> Result<Value, Fault> {
    // Names come first: objects refer to one another in every direction.
    names.learn(&json!({"id": guide.admin.id}), "the admin");
    let users = users(guide, names).await?;
    let groups = groups(guide, names).await?;
    let policies = policies(guide, names).await?;
    let mut document = json!({
        "users": users,
        "groups": groups,
        "policies": policies,
        "app": app(guide, names).await?,
        "authenticators": by_priority(guide.client.list(AUTHENTICATORS).await?),
        "authorizationServer": server(guide).await?,
        "trustedOrigins": by_priority(guide.client.list(TRUSTED_ORIGINS).await?),
    });
    if guide.target.is_local() {
        document["settings"] = guide.client.find(LOCAL_SETTINGS).await?.unwrap_or_default();
    }
    Ok(document)
}

async fn users(guide: &Guide, names: &mut Names) -> Result<Value, Fault> {
    let values = &guide.values;
    let mut users = Vec::new();
    for login in [
        &values.john_email,
        &values.service_email,
        &values.alex_email,
    ] {
        let path = format!("{USERS}/{}", paths::part(login));
        let Some(mut user) = guide.client.find(&path).await? else {
            continue;
        };
        names.learn(&user, login);
        let id = user["id"].as_str().unwrap_or_default().to_owned();
        let roles = guide.client.list(&format!("{USERS}/{id}/roles")).await?;
        let groups = guide.client.list(&format!("{USERS}/{id}/groups")).await?;
        user["roles"] = sorted(roles.iter().map(|role| role["type"].clone()).collect());
        user["groups"] = sorted(
            groups
                .iter()
                .map(|group| group["profile"]["name"].clone())
                .collect(),
        );
        users.push(user);
    }
    Ok(Value::Array(users))
}

async fn groups(guide: &Guide, names: &mut Names) -> Result<Value, Fault> {
    let groups = guide.client.list(GROUPS).await?;
    for group in &groups {
        names.learn(group, group["profile"]["name"].as_str().unwrap_or_default());
    }
    let own = [&*guide.values.group, crate::steps::password_optional::GROUP];
    let is_own = |group: &Value| own.iter().any(|name| group["profile"]["name"] == *name);
    let mut groups: Vec<Value> = groups.into_iter().filter(is_own).collect();
    groups.sort_by_cached_key(|group| group["profile"]["name"].to_string());
    Ok(Value::Array(groups))
}

async fn policies(guide: &Guide, names: &mut Names) -> Result<Value, Fault> {
    let mut all = Map::new();
    for policy_type in POLICY_TYPES {
        let mut of_type = guide.client.list(&paths::policies_of(policy_type)).await?;
        for policy in &mut of_type {
            let name = policy["name"].as_str().unwrap_or_default().to_owned();
            names.learn(policy, &name);
            let id = policy["id"].as_str().unwrap_or_default().to_owned();
            policy["rules"] = by_priority(guide.client.list(&paths::rules_of(&id)).await?);
        }
        all.insert(policy_type.to_owned(), by_priority(of_type));
    }
    Ok(Value::Object(all))
}

async fn app(guide: &Guide, names: &Names) -> Result<Value, Fault> {
    let Some(mut app) = app_of(guide).await? else {
        return Ok(Value::Null);
    };
    let id = app["id"].as_str().unwrap_or_default().to_owned();
    let groups = guide.client.list(&format!("{APPS}/{id}/groups")).await?;
    app["groups"] = sorted(groups.iter().map(|group| names.of(&group["id"])).collect());
    for link in ["accessPolicy", "profileEnrollment"] {
        let policy = app["_links"][link]["href"]
            .as_str()
            .and_then(|href| href.rsplit('/').next());
        app[link] = names.of(&json!(policy));
    }
    Ok(app)
}

async fn server(guide: &Guide) -> Result<Value, Fault> {
    let mut policies = guide.client.list(SERVER_POLICIES).await?;
    for policy in &mut policies {
        let path = format!(
            "{SERVER_POLICIES}/{}/rules",
            policy["id"].as_str().unwrap_or_default()
        );
        policy["rules"] = by_priority(guide.client.list(&path).await?);
    }
    Ok(by_priority(policies))
}

/// Policies without an order of their own have all the same priority; among those the name decides.
fn by_priority(mut entries: Vec<Value>) -> Value {
    entries.sort_by_cached_key(|entry| (entry["priority"].as_i64(), entry["name"].to_string()));
    Value::Array(entries)
}

fn sorted(mut entries: Vec<Value>) -> Value {
    entries.sort_by_cached_key(Value::to_string);
    Value::Array(entries)
}

/// The names that people know ids by.
#[derive(Debug, Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn learn(&mut self, object: &Value, name: &str) {
        if let Some(id) = object["id"].as_str() {
            self.0.insert(id.to_owned(), name.to_owned());
        }
    }

    fn of(&self, id: &Value) -> Value {
        let name = id.as_str().and_then(|id| self.0.get(id));
        name.map_or_else(|| id.clone(), |name| json!(name))
    }

    fn canonical(&self, value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let fields = fields
                    .iter()
                    .filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()));
                // Sorted here: the map itself may keep the order in which fields came.
                let fields: BTreeMap<_, _> = fields.collect();
                let fields = fields
                    .into_iter()
                    .map(|(name, value)| (name.clone(), self.canonical(value)));
                Value::Object(fields.collect())
            }
            Value::Array(entries) if entries.iter().all(Value::is_string) => {
                sorted(entries.iter().map(|entry| self.of(entry)).collect())
            }
            Value::Array(entries) => entries.iter().map(|entry| self.canonical(entry)).collect(),
            other => self.of(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_ids_and_what_differs_by_chance_is_left_out() {
        let mut names = Names::default();
        names.learn(&json!({"id": "00g1"}), "Retailers");
        let object = json!({
            "b": {"include": ["zzz", "00g1"]}, "a": "00g1", "id": "00p1", "created": "2026-01-05T09:00:00.000Z",
            "credentials": {"oauthClient": {"client_secret": "secret", "pkce_required": true}}
        });
        let text = names.canonical(&object).to_string();
        assert_eq!(
            text,
            r#"{"a":"Retailers","b":{"include":["Retailers","zzz"]},"credentials":{"oauthClient":{"pkce_required":true}}}"#
        );
    }

    #[test]
    fn policies_stand_in_their_order_and_by_name_where_they_have_none() {
        let entry = |name: &str, priority: i64| json!({"name": name, "priority": priority});
        let sorted = by_priority(vec![entry("b", 1), entry("c", 0), entry("a", 1)]);
        let names: Vec<&Value> = sorted
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| &entry["name"])
            .collect();
        assert_eq!(names, ["c", "a", "b"]);
    }
}
