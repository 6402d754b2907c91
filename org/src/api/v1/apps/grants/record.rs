use jiff::Timestamp;
use model::{AppGrantId, AppId};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::api::ApiError;
use crate::store::{Moment, parsed};

/// A scope that an app may ask for.
#[derive(Debug, Clone)]
pub(super) struct GrantRecord {
    pub(super) id: AppGrantId,
    pub(super) app_id: AppId,
    pub(super) scope: String,
    pub(super) issuer: String,
    /// Who granted it, if a user did.
    pub(super) user_id: Option<String>,
    pub(super) created_at: Timestamp,
}

const COLUMNS: &str = "id, app_id, scope, issuer, user_id, created_at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<GrantRecord> {
    Ok(GrantRecord {
        id: parsed(row, 0)?,
        app_id: parsed(row, 1)?,
        scope: row.get(2)?,
        issuer: row.get(3)?,
        user_id: row.get(4)?,
        created_at: row.get::<_, Moment>(5)?.0,
    })
}

/// The grants of an app in the order of their scopes.
pub(super) fn list(db: &Connection, app: &AppId) -> rusqlite::Result<Vec<GrantRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM app_grants WHERE app_id = ?1 ORDER BY scope"
    ))?
    .query_map([app.as_str()], from_row)?
    .collect()
}

/// A grant of this app, else `E0000007`.
pub(super) fn find(db: &Connection, app: &AppId, id: &str) -> Result<GrantRecord, ApiError> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM app_grants WHERE app_id = ?1 AND id = ?2"
    ))?
    .query_row((app.as_str(), id), from_row)
    .optional()?
    .ok_or_else(|| ApiError::not_found("OAuth2ScopeConsentGrant", id))
}

/// The grant of a scope, if the app has it.
pub(super) fn find_by_scope(
    db: &Connection,
    app: &AppId,
    scope: &str,
) -> rusqlite::Result<Option<GrantRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM app_grants WHERE app_id = ?1 AND scope = ?2"
    ))?
    .query_row((app.as_str(), scope), from_row)
    .optional()
}

pub(super) fn create(db: &Connection, grant: &GrantRecord) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO app_grants (id, app_id, scope, issuer, user_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        grant.id.as_str(),
        grant.app_id.as_str(),
        &grant.scope,
        &grant.issuer,
        &grant.user_id,
        Moment(grant.created_at),
    ))?;
    Ok(())
}

pub(super) fn delete(db: &Connection, id: &AppGrantId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM app_grants WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}
