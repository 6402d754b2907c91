use jiff::{SignedDuration, Timestamp};
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::State;
use crate::oauth::authorize::AuthorizationRequest;
use crate::store::{Digest, Json, Moment};

/// How long a person may take to sign in.
pub(crate) const LIFETIME: SignedDuration = SignedDuration::from_mins(60);

/// A sign-in in progress: what an app asked for, which never changes, and how far it has come.
#[derive(Debug, Clone)]
pub(crate) struct Interaction {
    /// The browser that began it; no other may go on with it. `None`: the app that began it holds the handle.
    pub(crate) device: Option<Digest>,
    pub(crate) request: AuthorizationRequest,
    pub(crate) state: State,
    pub(crate) expires_at: Timestamp,
}

const COLUMNS: &str = "device_hash, request, state, expires_at";

pub(crate) fn create_interaction(
    connection: &Connection,
    handle: Digest,
    interaction: &Interaction,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO interactions (handle_hash, device_hash, request, state, began_at, expires_at, user_id) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            handle,
            interaction.device,
            Json(&interaction.request),
            Json(&interaction.state),
            Moment(interaction.state.began_at),
            Moment(interaction.expires_at),
            interaction.state.user().map(UserId::as_str),
        ))?;
    Ok(())
}

/// An interaction that may still be gone on with in time; the browser is for the caller to compare.
pub(crate) fn find_interaction(
    connection: &Connection,
    handle: Digest,
    now: Timestamp,
) -> rusqlite::Result<Option<Interaction>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM interactions WHERE handle_hash = ?1 AND expires_at > ?2"
        ))?
        .query_row((handle, Moment(now)), from_row)
        .optional()
}

/// The interactions that were begun last, newest first, with the first letters of their digests to tell them apart.
pub(crate) fn recent_interactions(
    connection: &Connection,
    limit: u32,
) -> rusqlite::Result<Vec<(String, Interaction)>> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, substr(lower(hex(handle_hash)), 1, 12) FROM interactions \
             ORDER BY began_at DESC LIMIT ?1"
        ))?
        .query_map([limit], |row| Ok((row.get(4)?, from_row(row)?)))?
        .collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Interaction> {
    Ok(Interaction {
        device: row.get(0)?,
        request: row.get::<_, Json<AuthorizationRequest>>(1)?.0,
        state: row.get::<_, Json<State>>(2)?.0,
        expires_at: row.get::<_, Moment>(3)?.0,
    })
}

pub(crate) fn save_state(
    connection: &Connection,
    handle: Digest,
    state: &State,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE interactions SET state = ?2, user_id = ?3, version = version + 1 WHERE handle_hash = ?1",
        )?
        .execute((handle, Json(state), state.user().map(UserId::as_str)))?;
    Ok(())
}

/// Ends the interactions about a user, but the one with the handle `kept`.
pub(crate) fn end_interactions_of(
    connection: &Connection,
    user: &UserId,
    kept: Option<Digest>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM interactions WHERE user_id = ?1 AND handle_hash IS NOT ?2")?
        .execute((user.as_str(), kept))?;
    Ok(())
}
