use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;

use crate::store::{Digest, Moment};

/// So many devices of a user are remembered; the one that was not seen for longest makes place for a new one.
const REMEMBERED: u32 = 20;

/// Takes note that the user signed in with this device.
pub(crate) fn remember_device(
    db: &Connection,
    user: &UserId,
    device: Digest,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO known_devices (user_id, device_hash, last_seen_at) VALUES (?1, ?2, ?3) \
         ON CONFLICT (user_id, device_hash) DO UPDATE SET last_seen_at = ?3",
    )?
    .execute((user.as_str(), device, Moment(now)))?;
    db.prepare_cached(
        "DELETE FROM known_devices WHERE user_id = ?1 AND device_hash NOT IN ( \
           SELECT device_hash FROM known_devices WHERE user_id = ?1 \
           ORDER BY last_seen_at DESC, device_hash = ?2 DESC LIMIT ?3)",
    )?
    .execute((user.as_str(), device, REMEMBERED))?;
    Ok(())
}

/// Whether the user has signed in with this device.
pub(crate) fn is_known_device(
    db: &Connection,
    user: &UserId,
    device: Digest,
) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM known_devices WHERE user_id = ?1 AND device_hash = ?2")?
        .exists((user.as_str(), device))
}
