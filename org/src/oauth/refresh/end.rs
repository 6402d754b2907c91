use jiff::Timestamp;
use model::RefreshTokenId;
use rusqlite::{Connection, params_from_iter};

use super::Whose;
use crate::store::{Digest, Moment};

/// Ends a grant, with the access tokens that it gave.
pub(crate) fn end_refresh_grant(
    db: &Connection,
    id: &RefreshTokenId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    end_all(db, &[id.to_string()], now)
}

/// Ends all of these grants, with the access tokens that they gave, and answers how many it were. Access tokens that
/// came without a refresh token live on.
pub(crate) fn end_refresh_grants(
    db: &Connection,
    whose: Whose<'_>,
    now: Timestamp,
) -> rusqlite::Result<usize> {
    let (condition, values) = whose.condition();
    let ids: Vec<String> = db
        .prepare(&format!("SELECT id FROM refresh_grants WHERE {condition}"))?
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    end_all(db, &ids, now)?;
    Ok(ids.len())
}

/// Ends what a code gave.
pub(crate) fn end_refresh_grants_of_code(
    db: &Connection,
    code: Digest,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let ids: Vec<String> = db
        .prepare_cached(
            "SELECT id FROM refresh_grants WHERE code_hash = ?1 AND revoked_at IS NULL",
        )?
        .query_map([code], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    end_all(db, &ids, now)
}

fn end_all(db: &Connection, ids: &[String], now: Timestamp) -> rusqlite::Result<()> {
    for rows in [
        "refresh_grants SET revoked_at = ?2 WHERE id = ?1",
        "access_tokens SET revoked_at = ?2 WHERE refresh_id = ?1",
    ] {
        let mut update = db.prepare_cached(&format!("UPDATE {rows} AND revoked_at IS NULL"))?;
        for id in ids {
            update.execute((id, Moment(now)))?;
        }
    }
    Ok(())
}
