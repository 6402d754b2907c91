//! Codes that apps exchange for tokens: good for a short time and for one use, and bound to all that they were issued for.

use jiff::Timestamp;
use model::{AppId, UserId};
use rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};

use super::GrantType;
use super::issue::Grant;
use crate::store::{Digest, Json, Moment, parsed};

/// What a code stands for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Authorization {
    /// What the code must be exchanged by.
    #[serde(default)]
    pub(super) grant_type: GrantType,
    pub(super) grant: Grant,
    /// Exactly as it stood in the authorization request.
    pub(super) redirect_uri: String,
    /// The PKCE challenge (S256), if one was sent.
    pub(super) code_challenge: Option<String>,
}

/// A code as the database has it, without the code.
#[derive(Debug, Clone)]
pub(super) struct CodeRecord {
    pub(super) code: Digest,
    pub(super) server: String,
    pub(super) app_id: AppId,
    pub(super) user_id: UserId,
    /// The session that it was issued in. A code does not outlive it.
    pub(super) session: Digest,
    pub(super) authorization: Authorization,
    pub(super) expires_at: Timestamp,
    pub(super) is_spent: bool,
}

pub(super) fn create_code(connection: &Connection, record: &CodeRecord) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO authorization_codes (code_hash, server, app_id, user_id, session_hash, authorization, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            record.code,
            &record.server,
            record.app_id.as_str(),
            record.user_id.as_str(),
            record.session,
            Json(&record.authorization),
            Moment(record.expires_at),
        ))?;
    Ok(())
}

pub(super) fn find_code(
    connection: &Connection,
    code: Digest,
) -> rusqlite::Result<Option<CodeRecord>> {
    connection
        .prepare_cached(
            "SELECT server, app_id, user_id, session_hash, authorization, expires_at, spent_at IS NOT NULL \
             FROM authorization_codes WHERE code_hash = ?1",
        )?
        .query_row([code], |row| {
            Ok(CodeRecord {
                code,
                server: row.get(0)?,
                app_id: parsed(row, 1)?,
                user_id: parsed(row, 2)?,
                session: row.get(3)?,
                authorization: row.get::<_, Json<Authorization>>(4)?.0,
                expires_at: row.get::<_, Moment>(5)?.0,
                is_spent: row.get(6)?,
            })
        })
        .optional()
}

/// Spends a code. Of all that try, one hears `true`.
pub(super) fn spend_code(
    connection: &Connection,
    code: Digest,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let spent = connection
        .prepare_cached(
            "UPDATE authorization_codes SET spent_at = ?2 WHERE code_hash = ?1 AND spent_at IS NULL",
        )?
        .execute((code, Moment(now)))?;
    Ok(spent == 1)
}
