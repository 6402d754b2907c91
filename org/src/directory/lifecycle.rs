use jiff::Timestamp;
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _};

use super::UserStatus;
use crate::store::{Moment, parsed};

/// Where the user stands, and since when.
pub(crate) fn find_status_since(
    db: &Connection,
    user: &UserId,
) -> rusqlite::Result<Option<(UserStatus, Timestamp)>> {
    db.prepare_cached("SELECT status, status_changed_at FROM users WHERE id = ?1")?
        .query_row([user.as_str()], |row| {
            Ok((parsed(row, 0)?, row.get::<_, Moment>(1)?.0))
        })
        .optional()
}

/// Puts the user into a status. A status that they have already keeps its moment.
pub(crate) fn set_status(
    db: &Connection,
    user: &UserId,
    status: UserStatus,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE users SET status = ?2, status_changed_at = ?3, updated_at = ?3, activated_at = iif( \
           status IN ('STAGED', 'DEPROVISIONED') AND ?2 IN ('PROVISIONED', 'ACTIVE'), ?3, activated_at) \
         WHERE id = ?1 AND status <> ?2",
    )?
    .execute((user.as_str(), status.as_str(), Moment(now)))?;
    Ok(())
}

/// Makes a user active whose activation is complete. Nobody else changes: not one who was suspended meanwhile.
pub(crate) fn activate_user(
    db: &Connection,
    user: &UserId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE users SET status = 'ACTIVE', status_changed_at = ?2, updated_at = ?2, \
         activated_at = coalesce(activated_at, ?2) \
         WHERE id = ?1 AND status IN ('STAGED', 'PROVISIONED')",
    )?
    .execute((user.as_str(), Moment(now)))?;
    Ok(())
}
