//! An `oob_code`: what an app shows together with the code that a person got by text message or call.

use rusqlite::{Connection, OptionalExtension as _};

use crate::Org;
use crate::handle::Handle;
use crate::oauth::error::EndpointError;
use crate::store::Digest;

/// Keeps the code of an interaction in place of the one it had: only the last one is good. It ends with the interaction.
pub(super) fn keep(db: &Connection, interaction: Digest, code: Digest) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO oob_codes (interaction_hash, code_hash) VALUES (?1, ?2) \
         ON CONFLICT (interaction_hash) DO UPDATE SET code_hash = excluded.code_hash",
    )?
    .execute((interaction, code))?;
    Ok(())
}

/// Whether the code is the last one of the interaction.
pub(super) fn belongs(org: &Org, interaction: &Handle, code: &str) -> Result<bool, EndpointError> {
    let kept = org.store().read(|db| find(db, interaction.digest()))?;
    Ok(kept == Some(Digest::of(code)))
}

fn find(db: &Connection, interaction: Digest) -> rusqlite::Result<Option<Digest>> {
    db.prepare_cached("SELECT code_hash FROM oob_codes WHERE interaction_hash = ?1")?
        .query_row([interaction], |row| row.get(0))
        .optional()
}
