use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use crate::session::SessionHandle;
use crate::session::store::{Account, ListedRow, LivingRow, NewRow, Renewals, UsedOnce, Whose};

/// How long it can be asked what ended. Who watches asks ten times in a second.
const ENDED_SECONDS: i64 = 10 * 60;

/// Which rows live at `?2`.
macro_rules! living {
    ($query:literal) => {
        concat!(
            $query,
            " AND revoked_at IS NULL AND ?2 < idle_end AND ?2 < absolute_end"
        )
    };
}

pub(super) fn open(connection: &Connection, row: &NewRow) -> rusqlite::Result<()> {
    let now = row.created_at;
    connection
        .prepare_cached("DELETE FROM session WHERE absolute_end <= ?1")?
        .execute([now])?;
    connection
        .prepare_cached("DELETE FROM ended_session WHERE ended_at <= ?1")?
        .execute([now - ENDED_SECONDS])?;
    if let Some(old) = row.replaces {
        end(connection, old, now)?;
    }
    connection
        .prepare_cached(
            "INSERT INTO session (row_key, issuer, subject, org_session, email_digest, device, created_at, last_seen_at,
                                  idle_end, absolute_end, claims, tokens)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            row.handle.0,
            row.account.issuer,
            row.account.subject,
            row.org_session,
            row.email.map(|email| email.0),
            row.device,
            now,
            row.idle_end,
            row.absolute_end,
            row.claims,
            row.tokens,
        ])?;
    Ok(())
}

pub(super) fn find_living(
    connection: &Connection,
    handle: SessionHandle,
    now: i64,
) -> rusqlite::Result<Option<LivingRow>> {
    connection
        .prepare_cached(living!(
            "SELECT issuer, subject, created_at, last_seen_at, idle_end, absolute_end, claims,
                    generation, leased_until, paused_until FROM session
             WHERE row_key = ?1"
        ))?
        .query_row(params![handle.0, now], |row| {
            Ok(LivingRow {
                account: Account {
                    issuer: row.get(0)?,
                    subject: row.get(1)?,
                },
                created_at: row.get(2)?,
                last_seen_at: row.get(3)?,
                idle_end: row.get(4)?,
                absolute_end: row.get(5)?,
                claims: row.get(6)?,
                renewals: Renewals {
                    generation: row.get(7)?,
                    leased_until: row.get(8)?,
                    paused_until: row.get(9)?,
                },
            })
        })
        .optional()
}

pub(super) fn touch(
    connection: &Connection,
    handle: SessionHandle,
    now: i64,
    idle_end: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE session SET last_seen_at = ?2, idle_end = ?3 WHERE row_key = ?1 AND last_seen_at < ?2",
        )?
        .execute(params![handle.0, now, idle_end])?;
    Ok(())
}

pub(super) fn tokens(
    connection: &Connection,
    handle: SessionHandle,
    now: i64,
) -> rusqlite::Result<Option<Vec<u8>>> {
    let kept = connection
        .prepare_cached(living!("SELECT tokens FROM session WHERE row_key = ?1"))?
        .query_row(params![handle.0, now], |row| row.get(0))
        .optional()?;
    Ok(kept.flatten())
}

/// Ends a session at once and drops what it kept. The row stays until its end, so that it cannot come back.
pub(super) fn end(
    connection: &Connection,
    handle: SessionHandle,
    now: i64,
) -> rusqlite::Result<Option<Vec<u8>>> {
    let kept = tokens(connection, handle, now)?;
    let ended = connection
        .prepare_cached(
            "UPDATE session SET revoked_at = ?2, claims = x'', tokens = NULL WHERE row_key = ?1 AND revoked_at IS NULL",
        )?
        .execute(params![handle.0, now])?;
    if ended > 0 {
        connection
            .prepare_cached("INSERT INTO ended_session (row_key, ended_at) VALUES (?1, ?2)")?
            .execute(params![handle.0, now])?;
    }
    Ok(kept)
}

pub(super) fn end_all(
    connection: &Connection,
    whose: &Whose,
    but: Option<SessionHandle>,
    now: i64,
) -> rusqlite::Result<usize> {
    let mut handles = match whose {
        Whose::Account(Account { issuer, subject }) => living_where(
            connection,
            living!("SELECT row_key FROM session WHERE issuer = ?1 AND subject = ?3"),
            params![issuer, now, subject],
        ),
        Whose::OrgSession { issuer, id } => living_where(
            connection,
            living!("SELECT row_key FROM session WHERE issuer = ?1 AND org_session = ?3"),
            params![issuer, now, id],
        ),
        Whose::Email(email) => living_where(
            connection,
            living!("SELECT row_key FROM session WHERE email_digest = ?1"),
            params![email.0, now],
        ),
    }?;
    handles.retain(|handle| Some(*handle) != but);
    for handle in &handles {
        end(connection, *handle, now)?;
    }
    Ok(handles.len())
}

fn living_where(
    connection: &Connection,
    query: &str,
    values: &[&dyn ToSql],
) -> rusqlite::Result<Vec<SessionHandle>> {
    connection
        .prepare_cached(query)?
        .query_map(values, |row| row.get(0).map(SessionHandle))?
        .collect()
}

pub(super) fn people(connection: &Connection, whose: &Whose) -> rusqlite::Result<Vec<Account>> {
    match whose {
        Whose::Account(Account { issuer, subject }) => people_where(
            connection,
            "SELECT DISTINCT issuer, subject FROM session WHERE issuer = ?1 AND subject = ?2",
            params![issuer, subject],
        ),
        Whose::OrgSession { issuer, id } => people_where(
            connection,
            "SELECT DISTINCT issuer, subject FROM session WHERE issuer = ?1 AND org_session = ?2",
            params![issuer, id],
        ),
        Whose::Email(email) => people_where(
            connection,
            "SELECT DISTINCT issuer, subject FROM session WHERE email_digest = ?1",
            params![email.0],
        ),
    }
}

fn people_where(
    connection: &Connection,
    query: &str,
    values: &[&dyn ToSql],
) -> rusqlite::Result<Vec<Account>> {
    connection
        .prepare_cached(query)?
        .query_map(values, |row| {
            Ok(Account {
                issuer: row.get(0)?,
                subject: row.get(1)?,
            })
        })?
        .collect()
}

pub(super) fn list(
    connection: &Connection,
    account: &Account,
    now: i64,
) -> rusqlite::Result<Vec<ListedRow>> {
    connection
        .prepare_cached(concat!(
            living!(
                "SELECT row_key, device, created_at, last_seen_at, idle_end, absolute_end FROM session
                 WHERE issuer = ?1 AND subject = ?3"
            ),
            " ORDER BY last_seen_at DESC, created_at DESC"
        ))?
        .query_map(params![account.issuer, now, account.subject], read_listed)?
        .collect()
}

fn read_listed(row: &Row<'_>) -> rusqlite::Result<ListedRow> {
    Ok(ListedRow {
        handle: SessionHandle(row.get(0)?),
        device: row.get(1)?,
        created_at: row.get(2)?,
        last_seen_at: row.get(3)?,
        idle_end: row.get(4)?,
        absolute_end: row.get(5)?,
    })
}

pub(super) fn use_once(
    connection: &Connection,
    what: UsedOnce,
    now: i64,
    forget_at: i64,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("DELETE FROM used_once WHERE forget_at <= ?1")?
        .execute([now])?;
    let inserted = connection
        .prepare_cached(
            "INSERT INTO used_once (digest, forget_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute(params![what.0, forget_at])?;
    Ok(inserted == 1)
}
