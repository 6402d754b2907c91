use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};

use crate::api::ApiError;
use crate::store::Moment;

/// Who has a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum PrincipalType {
    /// An API token.
    #[serde(rename = "SSWS_TOKEN")]
    Token,
    /// An app.
    #[serde(rename = "OAUTH_CLIENT")]
    App,
}

impl PrincipalType {
    /// The name on the wire and in the database.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "SSWS_TOKEN",
            Self::App => "OAUTH_CLIENT",
        }
    }
}

/// A share as the database has it.
#[derive(Debug, Clone)]
pub(super) struct ShareRecord {
    pub(super) id: String,
    /// The id of the token or of the app.
    pub(super) principal_id: String,
    pub(super) principal_type: String,
    /// Of the requests of a minute, in percent.
    pub(super) percentage: i64,
    /// Of the requests at the same time, in percent.
    pub(super) concurrency_percentage: i64,
    pub(super) created_at: Timestamp,
    pub(super) created_by: String,
    pub(super) updated_at: Timestamp,
    pub(super) updated_by: String,
}

/// The columns that [`from_row`] reads.
pub(super) const COLUMNS: &str = "id, principal_id, principal_type, default_percentage, default_concurrency_percentage, \
     created_at, created_by, updated_at, updated_by";

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<ShareRecord> {
    Ok(ShareRecord {
        id: row.get(0)?,
        principal_id: row.get(1)?,
        principal_type: row.get(2)?,
        percentage: row.get(3)?,
        concurrency_percentage: row.get(4)?,
        created_at: row.get::<_, Moment>(5)?.0,
        created_by: row.get(6)?,
        updated_at: row.get::<_, Moment>(7)?.0,
        updated_by: row.get(8)?,
    })
}

/// The share with this id, else `E0000007`.
pub(super) fn share_of(db: &Connection, id: &str) -> Result<ShareRecord, ApiError> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM principal_rate_limits WHERE id = ?1"
    ))?
    .query_row([id], from_row)
    .optional()?
    .ok_or_else(|| ApiError::not_found("PrincipalRateLimitEntity", id))
}

/// Whether the token or the app has a share of its own already.
pub(super) fn has_share(db: &Connection, principal: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM principal_rate_limits WHERE principal_id = ?1)",
    )?
    .query_row([principal], |row| row.get(0))
}

/// The name of the token or of the app, if it exists.
pub(super) fn find_principal_name(
    db: &Connection,
    kind: PrincipalType,
    id: &str,
) -> rusqlite::Result<Option<String>> {
    let sql = match kind {
        PrincipalType::Token => "SELECT name FROM api_tokens WHERE id = ?1",
        PrincipalType::App => "SELECT label FROM apps WHERE id = ?1",
    };
    db.prepare_cached(sql)?
        .query_row([id], |row| row.get(0))
        .optional()
}

/// Keeps a share, new or changed. Whose it is does not change.
pub(super) fn put_share(db: &Connection, share: &ShareRecord) -> rusqlite::Result<()> {
    db.prepare_cached(&format!(
        "INSERT INTO principal_rate_limits ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
         ON CONFLICT (id) DO UPDATE SET default_percentage = excluded.default_percentage, \
         default_concurrency_percentage = excluded.default_concurrency_percentage, \
         updated_at = excluded.updated_at, updated_by = excluded.updated_by"
    ))?
    .execute((
        &share.id,
        &share.principal_id,
        &share.principal_type,
        share.percentage,
        share.concurrency_percentage,
        Moment(share.created_at),
        &share.created_by,
        Moment(share.updated_at),
        &share.updated_by,
    ))?;
    Ok(())
}
