//! The signing keys of the authorization servers: made at first start, sealed in the database, parsed once.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::{Value, json};

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
}

/// The keys of one authorization server.
///
/// The next key is published before it signs anything, so that clients have it when its turn comes.
#[derive(Debug)]
pub(crate) struct ServerKeys {
    current: SigningKey,
    next: SigningKey,
}

impl ServerKeys {
    /// The key to sign with.
    pub(super) const fn current(&self) -> &SigningKey {
        &self.current
    }

    /// The published key with this id.
    pub(super) fn by_kid(&self, kid: &str) -> Option<&SigningKey> {
        [&self.current, &self.next]
            .into_iter()
            .find(|key| key.kid() == kid)
    }

    /// The public members (RFC 7517), as the keys endpoint sends them.
    pub(super) fn jwks(&self) -> Value {
        json!({ "keys": [self.current.public_jwk(), self.next.public_jwk()] })
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
    for (role, pkcs8) in ["CURRENT", "NEXT"].into_iter().zip(pkcs8) {
        let kid = SigningKey::from_pkcs8(pkcs8)?.kid().to_owned();
        let private = sealer.seal(&label(&kid), pkcs8)?;
        connection
            .prepare_cached(
                "INSERT INTO signing_keys (kid, server, role, private_sealed, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((kid, server, role, private, Moment(now)))?;
    }
    Ok(())
}

/// Reads the keys of a server, if it has any.
pub(crate) fn load_keys(
    connection: &Connection,
    sealer: &Sealer,
    server: &str,
) -> Result<Option<ServerKeys>, KeyError> {
    let load = |role: &str| -> Result<Option<SigningKey>, KeyError> {
        let found: Option<(String, Vec<u8>)> = connection
            .prepare_cached(
                "SELECT kid, private_sealed FROM signing_keys WHERE server = ?1 AND role = ?2",
            )?
            .query_row((server, role), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((kid, private)) = found else {
            return Ok(None);
        };
        let pkcs8 = sealer.open_sealed(&label(&kid), &private)?;
        Ok(Some(SigningKey::from_pkcs8(&pkcs8)?))
    };
    Ok(load("CURRENT")?
        .zip(load("NEXT")?)
        .map(|(current, next)| ServerKeys { current, next }))
}

fn label(kid: &str) -> String {
    format!("signing key {kid}")
}
