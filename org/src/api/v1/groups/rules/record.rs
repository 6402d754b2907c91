use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::api::ApiError;
use crate::store::{Json, Moment};

/// A group rule as the database has it.
#[derive(Debug, Clone)]
pub(super) struct RuleRecord {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) is_active: bool,
    pub(super) expression: String,
    pub(super) groups: Vec<String>,
    pub(super) excluded: Vec<String>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

pub(super) const COLUMNS: &str =
    "id, name, status, expression, group_ids, excluded_users, created_at, updated_at";

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<RuleRecord> {
    Ok(RuleRecord {
        id: row.get(0)?,
        name: row.get(1)?,
        is_active: row.get::<_, String>(2)? == "ACTIVE",
        expression: row.get(3)?,
        groups: row.get::<_, Json<Vec<String>>>(4)?.0,
        excluded: row.get::<_, Json<Vec<String>>>(5)?.0,
        created_at: row.get::<_, Moment>(6)?.0,
        updated_at: row.get::<_, Moment>(7)?.0,
    })
}

/// The rule with this id, else `E0000007`.
pub(super) fn find_rule(db: &Connection, id: &str) -> Result<RuleRecord, ApiError> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM group_rules WHERE id = ?1"))?
        .query_row([id], from_row)
        .optional()?
        .ok_or_else(|| ApiError::not_found("GroupRule", id))
}

/// Whether another rule has the name.
pub(super) fn is_name_taken(db: &Connection, name: &str, own: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM group_rules WHERE name = ?1 AND id <> ?2")?
        .exists([name, own])
}

/// Writes a rule down, in place of the one with its id.
pub(super) fn put_rule(db: &Connection, rule: &RuleRecord) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO group_rules (id, name, status, expression, group_ids, excluded_users, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET name = ?2, status = ?3, \
         expression = ?4, group_ids = ?5, excluded_users = ?6, updated_at = ?8",
    )?
    .execute((
        &rule.id,
        &rule.name,
        rule.status(),
        &rule.expression,
        Json(&rule.groups),
        Json(&rule.excluded),
        Moment(rule.created_at),
        Moment(rule.updated_at),
    ))?;
    Ok(())
}

impl RuleRecord {
    /// The name of its status on the wire and in the database.
    pub(super) const fn status(&self) -> &'static str {
        if self.is_active { "ACTIVE" } else { "INACTIVE" }
    }
}
