use jiff::Timestamp;
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _};

use super::super::Method;
use super::super::code::CodeDigest;
use crate::store::{Moment, parsed};

/// The code that was sent last by a method.
#[derive(Debug, Clone)]
pub(crate) struct SentCode {
    /// The factor that it is for.
    pub(crate) factor: String,
    /// None after it was used.
    pub(crate) digest: Option<CodeDigest>,
    pub(crate) sent_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// What was sent to a user by the method.
pub(crate) fn find_sent_code(
    db: &Connection,
    user: &UserId,
    method: Method,
) -> rusqlite::Result<Option<SentCode>> {
    db.prepare_cached(
        "SELECT factor_id, code_digest, sent_at, expires_at FROM factor_codes WHERE user_id = ?1 AND method = ?2",
    )?
    .query_row((user.as_str(), method.as_str()), |row| {
        let has_code = row.get::<_, Option<String>>(1)?.is_some();
        Ok(SentCode {
            factor: row.get(0)?,
            digest: if has_code { Some(parsed(row, 1)?) } else { None },
            sent_at: row.get::<_, Moment>(2)?.0,
            expires_at: row.get::<_, Moment>(3)?.0,
        })
    })
    .optional()
}

/// Takes note of a code that is sent, in place of the one before.
pub(crate) fn record_sent_code(
    db: &Connection,
    user: &UserId,
    method: Method,
    code: &SentCode,
) -> rusqlite::Result<()> {
    let digest = code.digest.clone().map(String::from);
    db.prepare_cached(
        "INSERT OR REPLACE INTO factor_codes (user_id, method, factor_id, code_digest, sent_at, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        user.as_str(),
        method.as_str(),
        &code.factor,
        digest,
        Moment(code.sent_at),
        Moment(code.expires_at),
    ))?;
    Ok(())
}

/// A code counts once.
pub(crate) fn use_sent_code(
    db: &Connection,
    user: &UserId,
    method: Method,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE factor_codes SET code_digest = NULL WHERE user_id = ?1 AND method = ?2",
    )?
    .execute((user.as_str(), method.as_str()))?;
    Ok(())
}
