use jiff::Timestamp;
use model::GroupId;
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::events::wire_time;
use crate::store::Moment;

/// What an owner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum OwnerType {
    User,
    Group,
}

/// An owner of a group.
#[derive(Debug, Clone)]
pub(super) struct OwnerRecord {
    pub(super) id: String,
    pub(super) owner_type: OwnerType,
    pub(super) name: String,
    updated_at: Timestamp,
}

/// All owners of all groups, with what [`from_row`] reads.
pub(super) const OWNERS: &str = "(SELECT group_id, owner_id AS id, iif(group_owners.user_id IS NULL, 'GROUP', 'USER') AS type, \
     coalesce(trim(json_extract(users.profile, '$.firstName') || ' ' || json_extract(users.profile, '$.lastName')), \
     groups.name) AS name, group_owners.updated_at AS updated_at FROM group_owners \
     LEFT JOIN users ON users.id = group_owners.user_id LEFT JOIN groups ON groups.id = owner_group_id)";

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<OwnerRecord> {
    let is_user = row.get::<_, String>("type")? == "USER";
    Ok(OwnerRecord {
        id: row.get("id")?,
        owner_type: if is_user {
            OwnerType::User
        } else {
            OwnerType::Group
        },
        name: row.get("name")?,
        updated_at: row.get::<_, Moment>("updated_at")?.0,
    })
}

/// The owners of one group, as rows of which those after a condition may be asked for.
pub(super) fn rows_of(group: &GroupId) -> String {
    format!(
        "SELECT id, type, name, updated_at FROM (SELECT * FROM {OWNERS} WHERE group_id = '{group}')"
    )
}

impl OwnerRecord {
    /// The owner in Okta's shape. All of them are of the org itself.
    pub(super) fn view(&self) -> Value {
        json!({
            "id": self.id,
            "type": self.owner_type,
            "resolved": true,
            "originId": null,
            "originType": "OKTA_DIRECTORY",
            "displayName": self.name,
            "lastUpdated": wire_time(self.updated_at),
        })
    }
}
