//! Devices that wait, in the database.

use jiff::{SignedDuration, Timestamp};
use model::AppId;
use rusqlite::{Connection, OptionalExtension as _, Row};
use std::net::IpAddr;

use super::UserCode;
use crate::oauth::Scope;
use crate::seal::Sealer;
use crate::store::{Digest, Json, Moment, parsed};

/// A device that asked for a person.
#[derive(Debug, Clone)]
pub(crate) struct WaitingDevice {
    pub(super) device_code: Digest,
    /// The authorization server that it asked.
    pub(crate) server: String,
    pub(crate) app_id: AppId,
    pub(crate) scopes: Vec<Scope>,
    /// Where it asked from, if that is known.
    pub(crate) address: Option<IpAddr>,
    /// What it calls itself.
    pub(crate) user_agent: String,
    pub(crate) asked_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// Keeps a device that asks. `false`: the user code is another's.
pub(super) fn create(
    db: &Connection,
    device: &WaitingDevice,
    code: (&UserCode, &Sealer),
    interval: SignedDuration,
) -> rusqlite::Result<bool> {
    let (code, sealer) = code;
    let kept = db
        .prepare_cached(
            "INSERT OR IGNORE INTO device_authorizations (device_code_hash, user_code_hash, server, app_id, scopes, address, \
             user_agent, status, interval, asked_at, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'PENDING', ?8, ?9, ?10)",
        )?
        .execute((
            device.device_code,
            code.keyed_digest(sealer),
            &device.server,
            device.app_id.as_str(),
            Json(&device.scopes),
            device.address.map(|address| address.to_string()),
            &device.user_agent,
            interval.as_secs(),
            Moment(device.asked_at),
            Moment(device.expires_at),
        ))?;
    Ok(kept == 1)
}

/// The device that a person means and that nobody has answered yet.
pub(super) fn find_waiting(
    db: &Connection,
    code: &UserCode,
    sealer: &Sealer,
    now: Timestamp,
) -> rusqlite::Result<Option<WaitingDevice>> {
    db.prepare_cached(
        "SELECT device_code_hash, server, app_id, scopes, address, user_agent, asked_at, expires_at \
         FROM device_authorizations WHERE user_code_hash = ?1 AND status = 'PENDING' AND expires_at > ?2",
    )?
    .query_row((code.keyed_digest(sealer), Moment(now)), from_row)
    .optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<WaitingDevice> {
    let address: Option<String> = row.get(4)?;
    Ok(WaitingDevice {
        device_code: row.get(0)?,
        server: row.get(1)?,
        app_id: parsed(row, 2)?,
        scopes: row.get::<_, Json<Vec<Scope>>>(3)?.0,
        address: address.and_then(|address| address.parse().ok()),
        user_agent: row.get(5)?,
        asked_at: row.get::<_, Moment>(6)?.0,
        expires_at: row.get::<_, Moment>(7)?.0,
    })
}

/// Writes down what a person answered. Of all answers, the first counts: it alone hears `true`.
pub(super) fn answer(
    db: &Connection,
    device_code: Digest,
    is_allowed: bool,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let answered = db
        .prepare_cached(
            "UPDATE device_authorizations SET status = ?2 \
             WHERE device_code_hash = ?1 AND status = 'PENDING' AND expires_at > ?3",
        )?
        .execute((
            device_code,
            if is_allowed { "ALLOWED" } else { "DENIED" },
            Moment(now),
        ))?;
    Ok(answered == 1)
}
