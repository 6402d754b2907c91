use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _};

use super::State;
use crate::oauth::authorize::AuthorizationRequest;
use crate::store::{Digest, Json, Moment};

/// How long a person may take to sign in.
pub(crate) const LIFETIME: SignedDuration = SignedDuration::from_mins(60);

/// A sign-in in progress: what an app asked for, which never changes, and how far it has come.
#[derive(Debug, Clone)]
pub(crate) struct Interaction {
    /// The browser that began it; no other may go on with it.
    pub(crate) device: Digest,
    pub(crate) request: AuthorizationRequest,
    pub(crate) state: State,
    pub(crate) expires_at: Timestamp,
}

pub(crate) fn create_interaction(
    connection: &Connection,
    handle: Digest,
    interaction: &Interaction,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO interactions (handle_hash, device_hash, request, state, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            handle,
            interaction.device,
            Json(&interaction.request),
            Json(&interaction.state),
            Moment(interaction.expires_at),
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
        .prepare_cached(
            "SELECT device_hash, request, state, expires_at FROM interactions \
             WHERE handle_hash = ?1 AND expires_at > ?2",
        )?
        .query_row((handle, Moment(now)), |row| {
            Ok(Interaction {
                device: row.get(0)?,
                request: row.get::<_, Json<AuthorizationRequest>>(1)?.0,
                state: row.get::<_, Json<State>>(2)?.0,
                expires_at: row.get::<_, Moment>(3)?.0,
            })
        })
        .optional()
}

pub(crate) fn save_state(
    connection: &Connection,
    handle: Digest,
    state: &State,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE interactions SET state = ?2 WHERE handle_hash = ?1")?
        .execute((handle, Json(state)))?;
    Ok(())
}
