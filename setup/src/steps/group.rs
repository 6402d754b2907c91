//! The group of the guide, and who is in it.

use serde_json::json;

use crate::Fault;
use crate::paths::{self, GROUPS, USERS};
use crate::steps::accounts;
use crate::walk::{Address, Create, Find, Id, Object, Undo, Update, Walk};

/// A group that the org itself keeps.
pub(super) fn find(name: &str, group_type: &str) -> Find {
    let list = format!("{GROUPS}?q={}", paths::part(name));
    Find::by(list, "/profile/name", name).and("/type", group_type)
}

pub(super) async fn retailers(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let values = &walk.guide.values;
    ensure(walk, &values.group, &values.group_description)
        .await
        .map(drop)
}

pub(super) async fn ensure(
    walk: &mut Walk<'_>,
    name: &str,
    description: &str,
) -> Result<Id, Fault> {
    let wanted = json!({"profile": {"name": name, "description": description}});
    let object = Object {
        kind: "group",
        name: name.to_owned(),
        promise: format!("The group {name:?} exists, described as {description:?}."),
        find: find(name, "OKTA_GROUP"),
        create: Some(Create::post(GROUPS, wanted.clone())),
        wanted,
        address: Address::Below(GROUPS.to_owned()),
        update: Update::Whole,
        undo: Undo::Delete,
        warning: None,
    };
    walk.ensure(object).await
}

pub(super) async fn membership(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let (group, login) = (&walk.guide.values.group, &walk.guide.values.john_email);
    let group_id = walk.reference(&find(group, "OKTA_GROUP"), group).await?;
    let user_id = accounts::john_id(walk).await?;
    let address = format!("{GROUPS}/{}/users/{}", group_id.text(), user_id.text());
    // The groups of a person are few; the people of a group may be many.
    let is_member = group_id.find(|group| {
        user_id.find(|user| Find::by(format!("{USERS}/{user}/groups"), "/id", group))
    });
    let object = Object {
        kind: "membership",
        name: format!("{login} in {group}"),
        promise: format!("John Doe is in the group {group:?}."),
        find: is_member,
        create: Some(Create::put(&*address)),
        wanted: json!({}),
        address: Address::At(address),
        update: Update::Never,
        undo: Undo::Delete,
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}
