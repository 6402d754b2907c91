//! The signing keys of the authorization servers: made at first start, sealed in the database, parsed once.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::{Value, json};
use std::sync::Arc;

use super::issue::{BrokenKey, SigningKey};
use crate::seal::{SealBroken, Sealer};
use crate::store::Moment;

/// A signing key could not be loaded or made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    #[error(transparent)]
    Sealed(#[from] SealBroken),
    #[error(transparent)]
    Broken(#[from] BrokenKey),
    #[error(transparent)]
    Store(#[from] rusqlite::Error),
    #[error("an RSA key could not be generated")]
    Generation,
    #[error("the database holds no signing keys; delete the data directory to begin anew")]
    Missing,
    #[error("the database cannot be read: {0}")]
    Unreadable(String),
}

/// How long a key that was replaced stays published at least: as long as the longest token that a policy allows is good, and an
/// hour for clocks that differ and answers under way.
const PUBLISHED: SignedDuration = SignedDuration::from_hours(24 + 1);

/// The keys of one authorization server.
///
/// The next key is published before it signs anything, so that clients have it when its turn comes; those that were replaced stay
/// published for the tokens that they signed, and the last of them until the next rotation.
#[derive(Debug)]
pub(crate) struct ServerKeys {
    current: Arc<SigningKey>,
    next: Arc<SigningKey>,
    /// The newest first.
    expired: Vec<Arc<SigningKey>>,
}

impl ServerKeys {
    /// The key to sign with.
    pub(super) fn current(&self) -> &SigningKey {
        &self.current
    }

    /// The published key with this id.
    pub(super) fn by_kid(&self, kid: &str) -> Option<&Arc<SigningKey>> {
        self.all().find(|key| key.kid() == kid)
    }

    fn all(&self) -> impl Iterator<Item = &Arc<SigningKey>> {
        [&self.current, &self.next].into_iter().chain(&self.expired)
    }

    /// The published keys, with what Okta's API calls their status.
    pub(crate) fn with_status(&self) -> Vec<(&'static str, Value)> {
        let statuses = ["ACTIVE", "NEXT"].into_iter();
        let statuses = statuses.chain(std::iter::repeat("EXPIRED"));
        let keys = self.all().map(|key| key.public_jwk());
        statuses.zip(keys).collect()
    }

    /// The public members (RFC 7517), as the keys endpoint sends them.
    pub(super) fn jwks(&self) -> Value {
        let keys: Vec<Value> = self.all().map(|key| key.public_jwk()).collect();
        json!({ "keys": keys })
    }
}

/// Makes the PKCS#8 form of a fresh RSA key of 2048 bits. Takes a tenth of a second of work.
pub(crate) fn generate_pkcs8() -> Result<Vec<u8>, KeyError> {
    use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
    use aws_lc_rs::rsa::{KeyPair, KeySize};

    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Generation)?;
    let document: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError::Generation)?;
    Ok(document.as_ref().to_vec())
}

/// Keeps the first two keys of a server.
pub(crate) fn store_keys(
    connection: &Connection,
    sealer: &Sealer,
    server: &str,
    pkcs8: [&[u8]; 2],
    now: Timestamp,
) -> Result<(), KeyError> {
    for key in ["CURRENT", "NEXT"].into_iter().zip(pkcs8) {
        store_key(connection, sealer, server, key, now)?;
    }
    Ok(())
}

fn store_key(
    connection: &Connection,
    sealer: &Sealer,
    server: &str,
    (role, pkcs8): (&str, &[u8]),
    now: Timestamp,
) -> Result<(), KeyError> {
    let kid = SigningKey::from_pkcs8(pkcs8)?.kid().to_owned();
    let private = sealer.seal(&label(&kid), pkcs8)?;
    connection
        .prepare_cached(
            "INSERT INTO signing_keys (kid, server, role, private_sealed, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((kid, server, role, private, Moment(now)))?;
    Ok(())
}

/// Makes the next key the current one, keeps the current one for what it signed, and takes `pkcs8` as the next. Keys that were
/// replaced so long ago that nothing they signed is good any more go.
pub(crate) fn rotate_keys(
    connection: &Connection,
    sealer: &Sealer,
    server: &str,
    pkcs8: &[u8],
    now: Timestamp,
) -> Result<(), KeyError> {
    connection
        .prepare_cached(
            "DELETE FROM signing_keys WHERE server = ?1 AND role = 'EXPIRED' AND published_until <= ?2",
        )?
        .execute((server, Moment(now)))?;
    for statement in [
        "UPDATE signing_keys SET role = 'EXPIRED' WHERE server = ?1 AND role = 'CURRENT'",
        "UPDATE signing_keys SET role = 'CURRENT' WHERE server = ?1 AND role = 'NEXT'",
    ] {
        connection.prepare_cached(statement)?.execute([server])?;
    }
    let published_until = now.saturating_add(PUBLISHED).unwrap_or(Timestamp::MAX);
    connection
        .prepare_cached(
            "UPDATE signing_keys SET published_until = ?2 \
             WHERE server = ?1 AND role = 'EXPIRED' AND published_until IS NULL",
        )?
        .execute((server, Moment(published_until)))?;
    store_key(connection, sealer, server, ("NEXT", pkcs8), now)
}

/// Reads the keys of a server, if it has any. Those that are `known` are not parsed again.
pub(crate) fn load_keys(
    connection: &Connection,
    sealer: &Sealer,
    server: &str,
    known: Option<&ServerKeys>,
) -> Result<Option<ServerKeys>, KeyError> {
    let load = |role: &str| -> Result<Vec<Arc<SigningKey>>, KeyError> {
        let found: Vec<(String, Vec<u8>)> = connection
            .prepare_cached(
                "SELECT kid, private_sealed FROM signing_keys WHERE server = ?1 AND role = ?2 \
                 ORDER BY published_until DESC, created_at DESC",
            )?
            .query_map((server, role), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let keys = found.into_iter().map(|(kid, private)| {
            if let Some(key) = known.and_then(|known| known.by_kid(&kid)) {
                return Ok(Arc::clone(key));
            }
            let pkcs8 = sealer.open_sealed(&label(&kid), &private)?;
            Ok(Arc::new(SigningKey::from_pkcs8(&pkcs8)?))
        });
        keys.collect()
    };
    let Some((current, next)) = load("CURRENT")?.pop().zip(load("NEXT")?.pop()) else {
        return Ok(None);
    };
    Ok(Some(ServerKeys {
        current,
        next,
        expired: load("EXPIRED")?,
    }))
}

/// The id of the key that a server signs with.
pub(crate) fn find_current_kid(
    connection: &Connection,
    server: &str,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT kid FROM signing_keys WHERE server = ?1 AND role = 'CURRENT'")?
        .query_row([server], |row| row.get(0))
        .optional()
}

fn label(kid: &str) -> String {
    format!("signing key {kid}")
}

#[cfg(test)]
mod tests;
