use jiff::Timestamp;
use model::GroupId;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::{Map, Value};

use crate::api::ApiError;
use crate::store::{Json, Moment, parsed};

/// A group as the database has it.
#[derive(Debug, Clone)]
pub(in crate::api::v1) struct GroupRecord {
    pub(in crate::api::v1) id: GroupId,
    pub(in crate::api::v1) name: String,
    pub(in crate::api::v1) description: String,
    /// The values of attributes that administrators added.
    pub(in crate::api::v1) custom: Map<String, Value>,
    /// `OKTA_GROUP` or `BUILT_IN`.
    pub(in crate::api::v1) kind: String,
    pub(in crate::api::v1) created_at: Timestamp,
    pub(in crate::api::v1) updated_at: Timestamp,
    pub(in crate::api::v1) membership_updated_at: Timestamp,
}

impl GroupRecord {
    /// Whether the group is of the org's own making, so that nobody may change it.
    pub(in crate::api::v1) fn is_built_in(&self) -> bool {
        self.kind == "BUILT_IN"
    }
}

/// The columns that [`from_row`] reads.
pub(super) const COLUMNS: &str =
    "id, name, description, type, created_at, updated_at, membership_updated_at, custom";

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<GroupRecord> {
    Ok(GroupRecord {
        id: parsed(row, 0)?,
        name: row.get(1)?,
        description: row.get(2)?,
        kind: row.get(3)?,
        created_at: row.get::<_, Moment>(4)?.0,
        updated_at: row.get::<_, Moment>(5)?.0,
        membership_updated_at: row.get::<_, Moment>(6)?.0,
        custom: row.get::<_, Json<Map<String, Value>>>(7)?.0,
    })
}

/// The group with this id, else `E0000007`.
pub(in crate::api::v1) fn find_group(db: &Connection, id: &str) -> Result<GroupRecord, ApiError> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM groups WHERE id = ?1"))?
        .query_row([id], from_row)
        .optional()?
        .ok_or_else(|| ApiError::not_found("UserGroup", id))
}
