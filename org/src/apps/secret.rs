//! The secrets of apps: at most two each, of which every active one counts.

use jiff::Timestamp;
use model::{AppId, ClientSecretId, Entropy};
use rusqlite::{Connection, OptionalExtension as _, Row};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use crate::policy::Status;
use crate::seal::{SealBroken, Sealer};
use crate::store::{Moment, parsed};

/// How many secrets an app may have.
pub(crate) const MOST_SECRETS: usize = 2;

/// As many url-safe characters as Okta's have. They hold 384 random bits.
const BYTES: usize = 48;

/// A secret that is sealed and not written yet.
#[derive(Debug, Clone)]
pub(crate) struct NewSecret {
    pub(crate) id: ClientSecretId,
    pub(crate) sealed: Vec<u8>,
}

/// A secret as the database has it.
#[derive(Debug, Clone)]
pub(crate) struct SecretRecord {
    pub(crate) id: ClientSecretId,
    pub(crate) status: Status,
    pub(crate) sealed: Vec<u8>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// Under which label the secrets of an app are sealed.
fn label(app: &AppId) -> String {
    format!("client secret of {app}")
}

/// A fresh secret of 64 characters.
pub(crate) fn generate_secret(entropy: &dyn Entropy) -> SecretString {
    use base64::Engine as _;
    let bytes = Zeroizing::new(entropy.bytes::<BYTES>());
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .encode(*bytes)
        .into()
}

impl NewSecret {
    /// Seals a secret for an app.
    pub(crate) fn seal(
        app: &AppId,
        secret: &SecretString,
        sealer: &Sealer,
        entropy: &dyn Entropy,
    ) -> Result<Self, SealBroken> {
        Ok(Self {
            id: ClientSecretId::generate(entropy),
            sealed: sealer.seal(&label(app), secret.expose_secret().as_bytes())?,
        })
    }
}

/// Opens a secret of an app.
pub(crate) fn open_secret(
    app: &AppId,
    closed: &[u8],
    sealer: &Sealer,
) -> Result<SecretString, SealBroken> {
    let bytes = sealer.open_sealed(&label(app), closed)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}

pub(crate) fn create_secret(
    db: &Connection,
    app: &AppId,
    secret: &NewSecret,
    status: Status,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO app_secrets (id, app_id, status, secret_sealed, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
    )?
    .execute((
        secret.id.as_str(),
        app.as_str(),
        status.as_str(),
        &secret.sealed,
        Moment(now),
    ))?;
    Ok(())
}

const COLUMNS: &str = "id, status, secret_sealed, created_at, updated_at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<SecretRecord> {
    Ok(SecretRecord {
        id: parsed(row, 0)?,
        status: parsed(row, 1)?,
        sealed: row.get(2)?,
        created_at: row.get::<_, Moment>(3)?.0,
        updated_at: row.get::<_, Moment>(4)?.0,
    })
}

/// The secrets of an app, the oldest first.
pub(crate) fn list_secrets(db: &Connection, app: &AppId) -> rusqlite::Result<Vec<SecretRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM app_secrets WHERE app_id = ?1 ORDER BY created_at, id"
    ))?
    .query_map([app.as_str()], from_row)?
    .collect()
}

/// A secret of this app.
pub(crate) fn find_secret(
    db: &Connection,
    app: &AppId,
    id: &str,
) -> rusqlite::Result<Option<SecretRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM app_secrets WHERE app_id = ?1 AND id = ?2"
    ))?
    .query_row((app.as_str(), id), from_row)
    .optional()
}

/// Lets a secret count, or no longer.
pub(crate) fn set_secret_status(
    db: &Connection,
    id: &ClientSecretId,
    status: Status,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE app_secrets SET status = ?2, updated_at = ?3 WHERE id = ?1")?
        .execute((id.as_str(), status.as_str(), Moment(now)))?;
    Ok(())
}

pub(crate) fn delete_secret(db: &Connection, id: &ClientSecretId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM app_secrets WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}

/// Takes all secrets from an app.
pub(crate) fn delete_secrets_of(db: &Connection, app: &AppId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM app_secrets WHERE app_id = ?1")?
        .execute([app.as_str()])?;
    Ok(())
}

/// The sealed secrets of an app that count.
pub(super) fn active_secrets(db: &Connection, app: &AppId) -> rusqlite::Result<Vec<Vec<u8>>> {
    db.prepare_cached(
        "SELECT secret_sealed FROM app_secrets WHERE app_id = ?1 AND status = 'ACTIVE'",
    )?
    .query_map([app.as_str()], |row| row.get(0))?
    .collect()
}
