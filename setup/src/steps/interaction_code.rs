//! The interaction code, which lets an app ask people itself instead of sending them to the org's page.

use serde_json::{Value, json};

use crate::Fault;
use crate::paths::{LOCAL_SETTINGS, SERVER_POLICIES};
use crate::walk::{Address, Create, Find, Id, Object, Undo, Update, Walk};
use crate::wanted::at_least;

/// The grant, as apps and rules name it.
pub(super) const GRANT: &str = "interaction_code";

/// A switch of the Admin Console without an API; the local org has one of its own.
pub(super) async fn of_the_org(walk: &mut Walk<'_>) -> Result<(), Fault> {
    if !walk.guide.target.is_local() {
        let instruction = format!(
            "In {}/admin/settings/account (Settings > Account), scroll to Embedded widget sign-in support, select \
             Edit, select Interaction Code, select Save. Do this before you apply: without it Okta refuses the grant on \
             apps and on rules. There is no API for it.",
            walk.guide.target.admin_console()
        );
        return walk.manual("Select Interaction Code", instruction);
    }
    let object = Object {
        kind: "org setting",
        name: "Embedded widget sign-in support".to_owned(),
        promise: "The interaction code is enabled for the org.".to_owned(),
        find: Find::At(LOCAL_SETTINGS.to_owned()),
        create: None,
        wanted: json!({"embeddedSignInSupport": {"interactionCode": true}}),
        address: Address::At(LOCAL_SETTINGS.to_owned()),
        update: Update::Whole,
        undo: Undo::Restore {
            fresh: json!({"embeddedSignInSupport": {"interactionCode": true}}),
        },
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}

/// The rule of the server `default`. New orgs have that server without any policy, so both may have to be made.
pub(super) async fn of_the_server(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let policies = walk.guide.client.list(SERVER_POLICIES).await?;
    let (policy, name) = match default_of(&policies, "Default Policy") {
        Some(policy) => (known(policy), text(&policy["name"])),
        None => (policy(walk).await?, "Default Policy".to_owned()),
    };
    let list = format!("{SERVER_POLICIES}/{}/rules", policy.text());
    let rules = match &policy {
        Id::Known(_) => walk.guide.client.list(&list).await?,
        Id::Planned(_) => Vec::new(),
    };
    let existing = default_of(&rules, "Default Policy Rule");
    let rule = existing.map_or_else(
        || "Default Policy Rule".to_owned(),
        |rule| text(&rule["name"]),
    );
    let grants = json!({"grantTypes": {"include": at_least([GRANT])}});
    let object = Object {
        kind: "rule",
        name: format!("{rule} of {name} of the authorization server default"),
        promise: "The interaction code is enabled for the custom authorization server \"default\"."
            .to_owned(),
        find: policy.find(|_| Find::by(&*list, "/name", rule)),
        create: Some(Create::post(&*list, new_rule())),
        wanted: json!({"status": "ACTIVE", "conditions": grants}),
        address: Address::Below(list),
        update: Update::Whole,
        undo: Undo::DeleteIfRecorded,
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}

async fn policy(walk: &mut Walk<'_>) -> Result<Id, Fault> {
    let wanted = json!({"name": "Default Policy", "status": "ACTIVE"});
    let object = Object {
        kind: "policy",
        name: "Default Policy of the authorization server default".to_owned(),
        promise: "The custom authorization server \"default\" has a policy for all clients."
            .to_owned(),
        find: Find::by(SERVER_POLICIES, "/name", "Default Policy"),
        create: Some(Create::post(SERVER_POLICIES, new_policy())),
        wanted,
        address: Address::Below(SERVER_POLICIES.to_owned()),
        update: Update::Whole,
        undo: Undo::DeleteIfRecorded,
        warning: None,
    };
    walk.ensure(object).await
}

fn new_policy() -> Value {
    json!({
        "type": "OAUTH_AUTHORIZATION_POLICY", "name": "Default Policy", "status": "ACTIVE", "priority": 1,
        "description": "Default policy for all clients",
        "conditions": {"clients": {"include": ["ALL_CLIENTS"]}},
    })
}

fn new_rule() -> Value {
    json!({
        "type": "RESOURCE_ACCESS", "name": "Default Policy Rule", "status": "ACTIVE", "priority": 1,
        "conditions": {
            "people": {"users": {"include": [], "exclude": []}, "groups": {"include": ["EVERYONE"], "exclude": []}},
            "grantTypes": {"include": ["authorization_code", GRANT]},
            "scopes": {"include": ["*"]},
        },
        "actions": {"token": {
            "accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 0, "refreshTokenWindowMinutes": 10_080,
        }},
    })
}

/// The one with the usual name, or else the last: the one for everybody comes last.
fn default_of<'a>(entries: &'a [Value], name: &str) -> Option<&'a Value> {
    let by_name = entries.iter().find(|entry| entry["name"] == name);
    by_name.or_else(|| {
        entries
            .iter()
            .max_by_key(|entry| entry["priority"].as_i64())
    })
}

fn known(object: &Value) -> Id {
    Id::Known(text(&object["id"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_name_decides_and_then_the_last_place() {
        let entries = [
            json!({"name": "Partners", "priority": 1}),
            json!({"name": "Default Policy", "priority": 2}),
            json!({"name": "Late", "priority": 3}),
        ];
        let name = |entries: &[Value]| {
            default_of(entries, "Default Policy").map(|found| found["name"].clone())
        };
        assert_eq!(name(&entries), Some(json!("Default Policy")));
        assert_eq!(name(&entries[..1]), Some(json!("Partners")));
        assert_eq!(
            name(&[entries[2].clone(), entries[0].clone()]),
            Some(json!("Late"))
        );
        assert_eq!(name(&[]), None);
    }
}
