//! The public keys of apps, by which they sign for themselves (RFC 7517, RFC 7523).

use jiff::Timestamp;
use model::{AppId, ClientKeyId, Entropy};
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::{Map, Value};

use crate::policy::Status;
use crate::store::{Json, Moment, parsed};

/// A key as the database has it.
#[derive(Debug, Clone)]
pub(crate) struct KeyRecord {
    pub(crate) id: ClientKeyId,
    pub(crate) status: Status,
    /// The key alone: `kty`, `kid`, `use` and its numbers.
    pub(crate) jwk: Map<String, Value>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl KeyRecord {
    /// The name that the app gives to the key.
    pub(crate) fn kid(&self) -> Option<&str> {
        self.jwk.get("kid").and_then(Value::as_str)
    }
}

/// A public key that was checked.
#[derive(Debug, Clone)]
pub(crate) struct NewKey {
    pub(crate) jwk: Map<String, Value>,
    pub(crate) status: Status,
}

impl NewKey {
    pub(crate) fn kid(&self) -> Option<&str> {
        self.jwk.get("kid").and_then(Value::as_str)
    }
}

pub(crate) fn create_key(
    db: &Connection,
    app: &AppId,
    key: &NewKey,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<ClientKeyId> {
    let id = ClientKeyId::generate(entropy);
    db.prepare_cached(
        "INSERT INTO app_keys (id, app_id, kid, status, jwk, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
    )?
    .execute((
        id.as_str(),
        app.as_str(),
        key.kid(),
        key.status.as_str(),
        Json(&key.jwk),
        Moment(now),
    ))?;
    Ok(id)
}

const COLUMNS: &str = "id, status, jwk, created_at, updated_at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<KeyRecord> {
    Ok(KeyRecord {
        id: parsed(row, 0)?,
        status: parsed(row, 1)?,
        jwk: row.get::<_, Json<Map<String, Value>>>(2)?.0,
        created_at: row.get::<_, Moment>(3)?.0,
        updated_at: row.get::<_, Moment>(4)?.0,
    })
}

/// The keys of an app, the oldest first.
pub(crate) fn list_keys(db: &Connection, app: &AppId) -> rusqlite::Result<Vec<KeyRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM app_keys WHERE app_id = ?1 ORDER BY created_at, id"
    ))?
    .query_map([app.as_str()], from_row)?
    .collect()
}

/// A key of this app.
pub(crate) fn find_key(
    db: &Connection,
    app: &AppId,
    id: &str,
) -> rusqlite::Result<Option<KeyRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM app_keys WHERE app_id = ?1 AND id = ?2"
    ))?
    .query_row((app.as_str(), id), from_row)
    .optional()
}

/// Lets a key count, or no longer.
pub(crate) fn set_key_status(
    db: &Connection,
    id: &ClientKeyId,
    status: Status,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE app_keys SET status = ?2, updated_at = ?3 WHERE id = ?1")?
        .execute((id.as_str(), status.as_str(), Moment(now)))?;
    Ok(())
}

pub(crate) fn delete_key(db: &Connection, id: &ClientKeyId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM app_keys WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}

/// Makes `keys` the only keys of the app. One that it has already stays as it is, with its id.
pub(crate) fn replace_keys(
    db: &Connection,
    app: &AppId,
    keys: &[NewKey],
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let mut known = list_keys(db, app)?;
    let mut added = Vec::new();
    for key in keys {
        match known.iter().position(|old| old.jwk == key.jwk) {
            None => added.push(key),
            Some(at) => {
                let old = known.swap_remove(at);
                if old.status != key.status {
                    set_key_status(db, &old.id, key.status, now)?;
                }
            }
        }
    }
    for gone in &known {
        delete_key(db, &gone.id)?;
    }
    for key in added {
        create_key(db, app, key, entropy, now)?;
    }
    Ok(())
}
