use rusqlite::{Connection, params};

use super::sessions;
use crate::session::SessionHandle;
use crate::session::store::{Lease, RenewedRow};

pub(super) fn take(
    connection: &Connection,
    handle: SessionHandle,
    lease: &Lease,
    now: i64,
) -> rusqlite::Result<bool> {
    let taken = connection
        .prepare_cached(
            "UPDATE session SET lease_holder = ?3, leased_until = ?4
             WHERE row_key = ?1 AND revoked_at IS NULL AND ?2 < idle_end AND ?2 < absolute_end
               AND generation = ?5 AND leased_until <= ?2 AND paused_until <= ?2",
        )?
        .execute(params![
            handle.0,
            now,
            lease.holder,
            lease.until,
            lease.generation
        ])?;
    Ok(taken == 1)
}

pub(super) fn complete(
    connection: &Connection,
    handle: SessionHandle,
    lease: &Lease,
    renewed: &RenewedRow,
    now: i64,
) -> rusqlite::Result<bool> {
    let completed = connection
        .prepare_cached(
            "UPDATE session
             SET generation = ?4, claims = ?5, tokens = ?6, lease_holder = NULL, leased_until = 0, paused_until = 0
             WHERE row_key = ?1 AND revoked_at IS NULL AND ?2 < absolute_end AND lease_holder = ?3",
        )?
        .execute(params![
            handle.0,
            now,
            lease.holder,
            renewed.generation,
            renewed.claims,
            renewed.tokens,
        ])?;
    Ok(completed == 1)
}

pub(super) fn abandon(
    connection: &Connection,
    handle: SessionHandle,
    lease: &Lease,
    paused_until: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE session SET lease_holder = NULL, leased_until = 0, paused_until = ?3
             WHERE row_key = ?1 AND lease_holder = ?2",
        )?
        .execute(params![handle.0, lease.holder, paused_until])?;
    Ok(())
}

pub(super) fn end(
    connection: &Connection,
    handle: SessionHandle,
    lease: &Lease,
    now: i64,
) -> rusqlite::Result<bool> {
    let is_holder: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM session WHERE row_key = ?1 AND lease_holder = ?2 AND revoked_at IS NULL)",
        )?
        .query_row(params![handle.0, lease.holder], |row| row.get(0))?;
    if is_holder {
        sessions::end(connection, handle, now)?;
    }
    Ok(is_holder)
}
