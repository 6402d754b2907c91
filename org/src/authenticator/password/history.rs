//! The passwords that a user had before.

use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;

use crate::store::Moment;

/// More than any policy asks for: Okta allows 30.
const KEPT: u32 = 30;

/// The hashes of a user's last `count` passwords, the present one among them, from the latest on.
pub(crate) fn last_hashes(
    db: &Connection,
    user: &UserId,
    count: u32,
) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "SELECT hash FROM ( \
           SELECT password_hash AS hash, NULL AS replaced_at FROM users WHERE id = ?1 AND password_hash IS NOT NULL \
           UNION ALL SELECT password_hash, replaced_at FROM password_history WHERE user_id = ?1) \
         ORDER BY replaced_at IS NOT NULL, replaced_at DESC LIMIT ?2",
    )?
    .query_map((user.as_str(), count), |row| row.get(0))?
    .collect()
}

/// Puts the present password into the history, before another takes its place.
pub(super) fn keep_present(db: &Connection, user: &UserId, now: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO password_history (user_id, password_hash, replaced_at) \
         SELECT id, password_hash, ?2 FROM users WHERE id = ?1 AND password_hash IS NOT NULL",
    )?
    .execute((user.as_str(), Moment(now)))?;
    db.prepare_cached(
        "DELETE FROM password_history WHERE user_id = ?1 AND replaced_at < ( \
           SELECT min(replaced_at) FROM ( \
             SELECT replaced_at FROM password_history WHERE user_id = ?1 ORDER BY replaced_at DESC LIMIT ?2))",
    )?
    .execute((user.as_str(), KEPT))?;
    Ok(())
}
