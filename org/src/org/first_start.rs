use jiff::Timestamp;
use model::{AuthorizationServerId, Entropy, GroupId, OrgId};
use rusqlite::Connection;
use std::sync::Arc;

use super::OpenError;
use crate::authenticator::catalog;
use crate::authenticator::password::Passwords;
use crate::config::OrgConfig;
use crate::oauth::keys::{KeyError, generate_pkcs8, store_keys};
use crate::oauth::server::{ORG_SERVER, create_default_server};
use crate::policy::store_defaults;
use crate::seal::Sealer;
use crate::seed::{Prepared, Tools};
use crate::store::{Moment, Store};

/// The work of filling a new data directory.
pub(super) struct FirstStart {
    pub(super) config: Arc<OrgConfig>,
    pub(super) sealer: Sealer,
    pub(super) passwords: Passwords,
    pub(super) entropy: Arc<dyn Entropy>,
    /// Keys to take instead of fresh ones.
    pub(super) signing_keys: Option<[Vec<u8>; 4]>,
    pub(super) now: Timestamp,
}

impl FirstStart {
    /// The `credentials` file is written first: after a crash in between, the next start finds no org and writes it again.
    pub(super) async fn run(self, store: &Store) -> Result<(), OpenError> {
        // Hashing and key generation take a moment: not on an async thread.
        let (this, prepared, keys) = tokio::task::spawn_blocking(move || self.prepare()).await??;
        prepared.credentials.write(&this.config.data_dir)?;
        store
            .write(move |db| this.store(db, &prepared, &keys))
            .await
    }

    fn prepare(mut self) -> Result<(Self, Prepared, [Vec<u8>; 4]), OpenError> {
        let tools = Tools {
            passwords: &self.passwords,
            sealer: &self.sealer,
            entropy: &*self.entropy,
            app_url: &self.config.app_url,
        };
        let prepared = Prepared::new(&self.config.seed, tools)?;
        let keys = match self.signing_keys.take() {
            Some(keys) => keys,
            None => generate_keys()?,
        };
        Ok((self, prepared, keys))
    }

    fn store(
        &self,
        db: &Connection,
        prepared: &Prepared,
        keys: &[Vec<u8>; 4],
    ) -> Result<(), OpenError> {
        let org = OrgId::generate(&*self.entropy);
        let everyone = GroupId::generate(&*self.entropy);
        let server = AuthorizationServerId::generate(&*self.entropy);
        store_org(db, &org, self.now)?;
        create_default_server(db, &server, &*self.entropy, self.now)?;
        store_defaults(db, &everyone, &*self.entropy, self.now)?;
        catalog::store_defaults(db, &*self.entropy, self.now)?;
        prepared.store(db, everyone, &*self.entropy, self.now)?;
        let issuer = self.config.url.as_str().trim_end_matches('/');
        prepared.grant_scopes(db, issuer, &*self.entropy, self.now)?;
        let [current, next, default_current, default_next] = keys;
        for (server, keys) in [
            (ORG_SERVER, [current.as_slice(), next]),
            (server.as_str(), [default_current.as_slice(), default_next]),
        ] {
            store_keys(db, &self.sealer, server, keys, self.now)?;
        }
        Ok(())
    }
}

/// Four keys, two at a time.
fn generate_keys() -> Result<[Vec<u8>; 4], KeyError> {
    std::thread::scope(|scope| {
        let pair = || Ok::<_, KeyError>([generate_pkcs8()?, generate_pkcs8()?]);
        let other = scope.spawn(pair);
        let [first, second] = pair()?;
        let [third, fourth] = other.join().map_err(|_| KeyError::Generation)??;
        Ok([first, second, third, fourth])
    })
}

fn store_org(db: &Connection, id: &OrgId, now: Timestamp) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO org (id, created_at) VALUES (?1, ?2)",
        (id.as_str(), Moment(now)),
    )?;
    Ok(())
}
