use jiff::Timestamp;
use model::AuthenticatorId;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::api::ApiError;
use crate::authenticator::catalog::Settings;
use crate::authenticator::{AuthenticatorKey, Method};
use crate::store::{Json, Moment, parsed};

/// An authenticator as the database has it.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) id: AuthenticatorId,
    pub(super) key: AuthenticatorKey,
    pub(super) is_active: bool,
    pub(super) settings: Settings,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

impl Record {
    /// Whether the method may be used while the authenticator is active.
    pub(super) fn has_active(&self, method: Method) -> bool {
        !self.settings.inactive_methods.contains(&method)
    }
}

const COLUMNS: &str = "id, key, status, settings, created_at, updated_at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        id: parsed(row, 0)?,
        key: parsed(row, 1)?,
        is_active: row.get::<_, String>(2)? == "ACTIVE",
        settings: row.get::<_, Json<Settings>>(3)?.0,
        created_at: row.get::<_, Moment>(4)?.0,
        updated_at: row.get::<_, Moment>(5)?.0,
    })
}

/// All of them, in the order in which they are offered.
pub(super) fn all(db: &Connection) -> rusqlite::Result<Vec<Record>> {
    let mut records = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM authenticators"))?
        .query_map([], from_row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    records.sort_by_key(|record| record.key);
    Ok(records)
}

/// The authenticator with this id, else `E0000007`.
pub(super) fn find(db: &Connection, id: &str) -> Result<Record, ApiError> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM authenticators WHERE id = ?1"
    ))?
    .query_row([id], from_row)
    .optional()?
    .ok_or_else(|| ApiError::not_found("Authenticator", id))
}

/// The enrollment policies that let people set the authenticator up, by name.
pub(super) fn policies_with(
    db: &Connection,
    key: AuthenticatorKey,
) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "SELECT policies.name FROM policies, json_each(settings, '$.authenticators') AS one \
         WHERE policies.type = 'MFA_ENROLL' AND json_extract(one.value, '$.key') = ?1 \
         AND json_extract(one.value, '$.enroll.self') <> 'NOT_ALLOWED' ORDER BY priority",
    )?
    .query_map([key.as_str()], |row| row.get(0))?
    .collect()
}
