use jiff::Timestamp;
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::lane::Lane;
use super::{Attempt, AttemptKind, Failures, Lockout, Standing};
use crate::directory::{UserStatus, find_status_since, set_status};
use crate::store::Moment;

/// Whether this answer is looked at.
pub(crate) fn standing(db: &Connection, attempt: Attempt<'_>) -> rusqlite::Result<Standing> {
    if is_account_locked(db, attempt)? {
        return Ok(Standing::Locked);
    }
    standing_in_lane(db, attempt)
}

/// The same where the lock of the account does not count: whoever comes to lift it proves that the account is theirs by a
/// code, and codes have a limit of their own.
pub(crate) fn standing_in_lane(
    db: &Connection,
    attempt: Attempt<'_>,
) -> rusqlite::Result<Standing> {
    let lane = Lane::of(db, attempt.user, attempt.device)?;
    Ok(find(db, lane, attempt)?.standing(attempt.lockout, attempt.now))
}

fn is_account_locked(db: &Connection, attempt: Attempt<'_>) -> rusqlite::Result<bool> {
    let status = find_status_since(db, attempt.user)?;
    Ok(status.is_some_and(|(status, since)| {
        status == UserStatus::LockedOut && !attempt.lockout.is_over(since, attempt.now)
    }))
}

/// Counts an answer that was wrong. Where nothing is looked at any more, nothing is counted. When this closes the last lane
/// that was open, the account becomes `LOCKED_OUT`; the answer is whether it did.
pub(crate) fn count_failure(db: &Connection, attempt: Attempt<'_>) -> rusqlite::Result<bool> {
    let is_counted = match attempt.kind {
        AttemptKind::Password => standing(db, attempt)?,
        AttemptKind::Code => standing_in_lane(db, attempt)?,
    };
    if is_counted == Standing::Locked {
        return Ok(false);
    }
    let Attempt {
        user, lockout, now, ..
    } = attempt;
    let lane = Lane::of(db, user, attempt.device)?;
    let failures = find(db, lane, attempt)?.and_one(lockout, now);
    save(db, lane, attempt, failures)?;
    let is_closed = failures.standing(lockout, now) == Standing::Locked;
    if !is_closed || is_any_lane_open(db, user, lockout, now)? {
        return Ok(false);
    }
    // Any other status stays what it is: nobody becomes active by being locked out and unlocked.
    let is_active = matches!(find_status_since(db, user)?, Some((UserStatus::Active, _)));
    if is_active {
        set_status(db, user, UserStatus::LockedOut, now)?;
    }
    Ok(is_active)
}

/// Forgets the failures in the lane of an answer that was right.
pub(crate) fn clear_failures(db: &Connection, attempt: Attempt<'_>) -> rusqlite::Result<()> {
    let lane = Lane::of(db, attempt.user, attempt.device)?;
    db.prepare_cached("DELETE FROM attempts WHERE user_id = ?1 AND lane = ?2 AND kind = ?3")?
        .execute((attempt.user.as_str(), lane, attempt.kind.as_str()))?;
    Ok(())
}

/// Ends a lock of the account whose time is over. Answers whether there was one.
pub(crate) fn unlock_if_due(
    db: &Connection,
    user: &UserId,
    lockout: Lockout,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let is_due = find_status_since(db, user)?.is_some_and(|(status, since)| {
        status == UserStatus::LockedOut && lockout.is_over(since, now)
    });
    let is_due = is_due && is_any_lane_open(db, user, lockout, now)?;
    if is_due {
        set_status(db, user, UserStatus::Active, now)?;
    }
    Ok(is_due)
}

/// Ends every lock of a user: they recovered the account, or an administrator says so.
pub(crate) fn unlock(db: &Connection, user: &UserId, now: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM attempts WHERE user_id = ?1")?
        .execute([user.as_str()])?;
    let status = find_status_since(db, user)?.map(|(status, _)| status);
    if status == Some(UserStatus::LockedOut) {
        set_status(db, user, UserStatus::Active, now)?;
    }
    Ok(())
}

/// Whether there are failures that count against the user.
pub(crate) fn has_failures(db: &Connection, user: &UserId) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM attempts WHERE user_id = ?1")?
        .exists([user.as_str()])
}

/// Whether the user has any lane left in which neither passwords nor codes are locked.
fn is_any_lane_open(
    db: &Connection,
    user: &UserId,
    lockout: Lockout,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let mut query = db.prepare_cached(
        "SELECT lane, failures, total, last_failed_at FROM attempts WHERE user_id = ?1",
    )?;
    let rows = query.query_map([user.as_str()], |row| {
        Ok((row.get::<_, Lane>("lane")?, from_row(row)?))
    })?;
    let mut locked = Vec::new();
    for row in rows {
        let (lane, failures) = row?;
        if failures.standing(lockout, now) == Standing::Locked {
            locked.push(lane);
        }
    }
    let lanes = Lane::all(db, user)?;
    Ok(lanes.iter().any(|lane| !locked.contains(lane)))
}

fn find(db: &Connection, lane: Lane, attempt: Attempt<'_>) -> rusqlite::Result<Failures> {
    let found = db
        .prepare_cached(
            "SELECT failures, total, last_failed_at FROM attempts \
             WHERE user_id = ?1 AND lane = ?2 AND kind = ?3",
        )?
        .query_row(
            (attempt.user.as_str(), lane, attempt.kind.as_str()),
            from_row,
        )
        .optional()?;
    Ok(found.unwrap_or_else(|| Failures::none(attempt.now)))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Failures> {
    Ok(Failures {
        recent: row.get("failures")?,
        total: row.get("total")?,
        last_at: row.get::<_, Moment>("last_failed_at")?.0,
    })
}

fn save(
    db: &Connection,
    lane: Lane,
    attempt: Attempt<'_>,
    failures: Failures,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO attempts (user_id, lane, kind, failures, total, last_failed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (user_id, lane, kind) DO UPDATE SET failures = ?4, total = ?5, last_failed_at = ?6",
    )?
    .execute((
        attempt.user.as_str(),
        lane,
        attempt.kind.as_str(),
        failures.recent,
        failures.total,
        Moment(failures.last_at),
    ))?;
    Ok(())
}
