//! What a device hears that asks whether a person has answered (RFC 8628 §3.5).

use jiff::{SignedDuration, Timestamp};
use model::AppId;
use rusqlite::{Connection, OptionalExtension as _};

use crate::store::{Digest, Moment};

/// By so many seconds the pause grows for a device that asks too soon.
const SLOWER: i64 = 5;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is no such code, or it is another app's.
    Unknown,
    Pending,
    /// It asked too soon, and has to wait longer from now on.
    TooSoon,
    Expired,
    Denied,
    /// Tokens can be had.
    Allowed,
}

/// Asks on behalf of a device, and remembers when it asked.
pub(crate) fn poll(
    db: &Connection,
    device_code: Digest,
    (app, server): (&AppId, &str),
    now: Timestamp,
) -> rusqlite::Result<Standing> {
    let found = db
        .prepare_cached(
            "SELECT status, interval, polled_at, expires_at FROM device_authorizations \
             WHERE device_code_hash = ?1 AND app_id = ?2 AND server = ?3",
        )?
        .query_row((device_code, app.as_str(), server), |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Option<Moment>>(2)?,
                row.get::<_, Moment>(3)?.0,
            ))
        })
        .optional()?;
    let Some((status, interval, polled_at, expires_at)) = found else {
        return Ok(Standing::Unknown);
    };
    if expires_at <= now {
        return Ok(Standing::Expired);
    }
    match status.as_str() {
        "ALLOWED" => return Ok(Standing::Allowed),
        "DENIED" => return Ok(Standing::Denied),
        _ => {}
    }
    let pause = SignedDuration::from_secs(interval);
    let is_too_soon = polled_at.is_some_and(|Moment(last)| now.duration_since(last) < pause);
    let interval = if is_too_soon {
        interval + SLOWER
    } else {
        interval
    };
    db.prepare_cached(
        "UPDATE device_authorizations SET interval = ?2, polled_at = ?3 WHERE device_code_hash = ?1",
    )?
    .execute((device_code, interval, Moment(now)))?;
    Ok(if is_too_soon {
        Standing::TooSoon
    } else {
        Standing::Pending
    })
}
