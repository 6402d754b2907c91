//! What a new passkey has to sign, in the database.

use jiff::Timestamp;
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _};

use crate::store::Moment;

/// Keeps it, in place of one before.
pub(super) fn keep_challenge(
    db: &Connection,
    user: &UserId,
    challenge: &str,
    expires_at: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO webauthn_registrations (user_id, challenge, expires_at) VALUES (?1, ?2, ?3)",
    )?
    .execute((user.as_str(), challenge, Moment(expires_at)))?;
    Ok(())
}

/// Takes it: it counts once.
pub(super) fn take_challenge(
    db: &Connection,
    user: &UserId,
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    let taken: Option<(String, Moment)> = db
        .prepare_cached(
            "DELETE FROM webauthn_registrations WHERE user_id = ?1 RETURNING challenge, expires_at",
        )?
        .query_row([user.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(taken
        .filter(|(_, expires_at)| expires_at.0 > now)
        .map(|(challenge, _)| challenge))
}
