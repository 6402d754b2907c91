use jiff::Timestamp;
use model::{GroupId, UserId};
use rusqlite::{Connection, OptionalExtension as _};

use crate::store::{Moment, parsed};

/// The built-in group that every user is a member of.
pub(crate) const EVERYONE: &str = "Everyone";

/// A group to be put into the directory.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) id: GroupId,
    pub(crate) name: String,
    pub(crate) description: String,
}

pub(crate) fn create_group(
    connection: &Connection,
    group: &Group,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let kind = if group.name == EVERYONE {
        "BUILT_IN"
    } else {
        "OKTA_GROUP"
    };
    connection
        .prepare_cached(
            "INSERT INTO groups (id, name, description, type, created_at, updated_at, membership_updated_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5)",
        )?
        .execute((group.id.as_str(), &group.name, &group.description, kind, Moment(now)))?;
    Ok(())
}

pub(crate) fn find_group_by_name(
    connection: &Connection,
    name: &str,
) -> rusqlite::Result<Option<GroupId>> {
    connection
        .prepare_cached("SELECT id FROM groups WHERE name = ?1")?
        .query_row([name], |row| parsed(row, 0))
        .optional()
}

/// The groups that a user is a member of.
pub(crate) fn groups_of(connection: &Connection, user: &UserId) -> rusqlite::Result<Vec<GroupId>> {
    connection
        .prepare_cached("SELECT group_id FROM group_members WHERE user_id = ?1 ORDER BY group_id")?
        .query_map([user.as_str()], |row| parsed(row, 0))?
        .collect()
}

/// More do not fit into a token.
const MAX_TOLD: u32 = 100;

/// The names of a user's groups in alphabetical order, at most a hundred.
pub(crate) fn group_names_of(
    connection: &Connection,
    user: &UserId,
) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached(
            "SELECT name FROM groups JOIN group_members ON group_members.group_id = groups.id \
             WHERE user_id = ?1 ORDER BY name LIMIT ?2",
        )?
        .query_map((user.as_str(), MAX_TOLD), |row| row.get(0))?
        .collect()
}
