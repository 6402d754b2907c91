//! The sessions of the org: who is signed in in which browser.

mod apps;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _};

use crate::authenticator::Proof;
use crate::store::{Digest, Json, Moment, parsed};

pub(crate) use apps::{ListeningApp, is_told_of_session, listening_apps_of, remember_app};

/// Uses within this time of one another are one, so that reading a session rarely writes.
const TOUCH_INTERVAL: SignedDuration = SignedDuration::from_mins(1);

/// Of the digest in the id of a session.
const ID_BYTES: usize = 16;

/// A live session. Every sign-in makes a new one.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The digest of the cookie.
    pub(crate) handle: Digest,
    pub(crate) user_id: UserId,
    /// What was proved when it began, or since.
    pub(crate) proofs: Vec<Proof>,
    pub(crate) signed_in_at: Timestamp,
    pub(crate) last_seen_at: Timestamp,
    /// Whether the cookie outlives the browser.
    pub(crate) keep_me_signed_in: bool,
    /// Without use for this long it has ended.
    pub(crate) max_idle: Option<SignedDuration>,
    /// When it has ended in any case.
    pub(crate) ends_at: Option<Timestamp>,
}

impl Session {
    /// See [`session_id`].
    pub(crate) fn id(&self) -> String {
        session_id(self.handle)
    }

    fn is_over(&self, now: Timestamp) -> bool {
        let idle = now.duration_since(self.last_seen_at);
        self.max_idle.is_some_and(|longest| idle >= longest)
            || self.ends_at.is_some_and(|end| now >= end)
    }

    /// Whether its last use is old enough to be written again.
    pub(crate) fn is_touch_due(&self, now: Timestamp) -> bool {
        now.duration_since(self.last_seen_at) >= TOUCH_INTERVAL
    }
}

pub(crate) fn create_session(connection: &Connection, session: &Session) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO sessions (handle_hash, user_id, proofs, signed_in_at, last_seen_at, keep_me_signed_in, \
             max_idle, ends_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute((
            session.handle,
            session.user_id.as_str(),
            Json(&session.proofs),
            Moment(session.signed_in_at),
            Moment(session.last_seen_at),
            session.keep_me_signed_in,
            session.max_idle.map(milliseconds),
            session.ends_at.map(Moment),
        ))?;
    Ok(())
}

/// A session that has not ended.
pub(crate) fn find_session(
    connection: &Connection,
    handle: Digest,
    now: Timestamp,
) -> rusqlite::Result<Option<Session>> {
    let found = connection
        .prepare_cached(
            "SELECT user_id, proofs, signed_in_at, last_seen_at, keep_me_signed_in, max_idle, ends_at FROM sessions \
             WHERE handle_hash = ?1",
        )?
        .query_row([handle], |row| {
            Ok(Session {
                handle,
                user_id: parsed(row, 0)?,
                proofs: row.get::<_, Json<Vec<Proof>>>(1)?.0,
                signed_in_at: row.get::<_, Moment>(2)?.0,
                last_seen_at: row.get::<_, Moment>(3)?.0,
                keep_me_signed_in: row.get(4)?,
                max_idle: row
                    .get::<_, Option<i64>>(5)?
                    .map(SignedDuration::from_millis),
                ends_at: row.get::<_, Option<Moment>>(6)?.map(|moment| moment.0),
            })
        })
        .optional()?;
    Ok(found.filter(|session| !session.is_over(now)))
}

/// The same by the id that the management API knows it by.
pub(crate) fn find_session_by_id(
    connection: &Connection,
    id: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<Session>> {
    let start = id
        .strip_prefix("102")
        .and_then(|start| URL_SAFE_NO_PAD.decode(start).ok())
        .filter(|start| start.len() == ID_BYTES);
    let Some(start) = start else { return Ok(None) };
    let (mut first, mut last) = ([0; 32], [0xff; 32]);
    for (index, byte) in start.into_iter().enumerate() {
        first[index] = byte;
        last[index] = byte;
    }
    let handle: Option<Digest> = connection
        .prepare_cached("SELECT handle_hash FROM sessions WHERE handle_hash BETWEEN ?1 AND ?2")?
        .query_row((first, last), |row| row.get(0))
        .optional()?;
    match handle {
        Some(handle) => find_session(connection, handle, now),
        None => Ok(None),
    }
}

pub(crate) fn touch_session(
    connection: &Connection,
    handle: Digest,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE sessions SET last_seen_at = ?2 WHERE handle_hash = ?1")?
        .execute((handle, Moment(now)))?;
    Ok(())
}

/// Ends a session. Codes that were not redeemed yet end with it. Answers whose it was, if there was one.
pub(crate) fn end_session(
    connection: &Connection,
    handle: Digest,
) -> rusqlite::Result<Option<UserId>> {
    connection
        .prepare_cached("DELETE FROM sessions WHERE handle_hash = ?1 RETURNING user_id")?
        .query_row([handle], |row| parsed(row, 0))
        .optional()
}

/// The id by which the System Log and the management API know a session: enough of its digest to tell it from all others. It
/// opens nothing.
pub(crate) fn session_id(handle: Digest) -> String {
    let (start, _) = handle.as_bytes().split_at(ID_BYTES);
    format!("102{}", URL_SAFE_NO_PAD.encode(start))
}

fn milliseconds(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
