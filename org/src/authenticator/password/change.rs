//! Giving a user another password. Hashing is done before: it has no place in a transaction.

use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;

use super::history;
use crate::directory::find_password_hash;
use crate::store::Moment;

/// Gives the user a password and keeps the one before it in the history. A status that says that a new password is due is
/// over by it; any other stays. Answers whether there was a password before.
pub(crate) fn set_password(
    db: &Connection,
    user: &UserId,
    hash: &str,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let had_one = find_password_hash(db, user)?.is_some();
    history::keep_present(db, user, now)?;
    db.prepare_cached(
        "UPDATE users SET password_hash = ?2, password_changed_at = ?3, updated_at = ?3 WHERE id = ?1",
    )?
    .execute((user.as_str(), hash, Moment(now)))?;
    db.prepare_cached(
        "UPDATE users SET status = 'ACTIVE', status_changed_at = ?2 \
         WHERE id = ?1 AND status IN ('PASSWORD_EXPIRED', 'RECOVERY')",
    )?
    .execute((user.as_str(), Moment(now)))?;
    Ok(had_one)
}

/// Takes the password from the user; it may not come back as a new one.
pub(crate) fn remove_password(
    db: &Connection,
    user: &UserId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    history::keep_present(db, user, now)?;
    db.prepare_cached(
        "UPDATE users SET password_hash = NULL, password_changed_at = NULL, updated_at = ?2 WHERE id = ?1",
    )?
    .execute((user.as_str(), Moment(now)))?;
    Ok(())
}

/// Puts a hash of another cost in place of `old`, of the same password. Nothing happens when the password changed meanwhile.
pub(crate) fn rehash(db: &Connection, user: &UserId, old: &str, new: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE users SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2")?
        .execute((user.as_str(), old, new))?;
    Ok(())
}
