//! Deletes what nobody can use any more.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use crate::policy::global_session::IDLE;
use crate::store::Moment;

/// A spent code is remembered for as long as the longest access token it may have produced, to notice its reuse.
const CODE_MEMORY: SignedDuration = SignedDuration::from_hours(25);

/// A device that asks too late hears for so long that its code has expired.
const DEVICE_MEMORY: SignedDuration = SignedDuration::from_hours(1);

/// How long the System Log remembers, as at Okta.
pub(crate) const EVENT_MEMORY: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Deletes a few rows of each table whose time is over. Run with each new sign-in, it keeps up with them without a task.
pub(crate) fn sweep(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    let ago = |age: SignedDuration| Moment(now.saturating_sub(age).unwrap_or(Timestamp::MIN));
    for (statement, before) in [
        (
            "DELETE FROM interactions WHERE handle_hash IN \
             (SELECT handle_hash FROM interactions WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
            Moment(now),
        ),
        (
            "DELETE FROM sessions WHERE handle_hash IN \
             (SELECT handle_hash FROM sessions WHERE last_seen_at <= ?1 ORDER BY last_seen_at LIMIT 8)",
            ago(IDLE),
        ),
        (
            "DELETE FROM access_tokens WHERE token_hash IN \
             (SELECT token_hash FROM access_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
            Moment(now),
        ),
        (
            // With all its tokens.
            "DELETE FROM refresh_grants WHERE id IN \
             (SELECT id FROM refresh_grants WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
            Moment(now),
        ),
        (
            "DELETE FROM authorization_codes WHERE code_hash IN \
             (SELECT code_hash FROM authorization_codes WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
            ago(CODE_MEMORY),
        ),
        (
            "DELETE FROM pushed_requests WHERE request_hash IN \
             (SELECT request_hash FROM pushed_requests WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
            Moment(now),
        ),
        (
            "DELETE FROM device_authorizations WHERE device_code_hash IN \
             (SELECT device_code_hash FROM device_authorizations WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
            ago(DEVICE_MEMORY),
        ),
        (
            // A sign-in writes several events, so more of them go at a time.
            "DELETE FROM events WHERE seq IN \
             (SELECT seq FROM events WHERE published_at < ?1 ORDER BY published_at LIMIT 64)",
            ago(EVENT_MEMORY),
        ),
    ] {
        connection.prepare_cached(statement)?.execute([before])?;
    }
    Ok(())
}
