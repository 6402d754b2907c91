use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::Servers;
use crate::config::OrgUrl;
use crate::oauth::keys::KeyError;
use crate::seal::Sealer;
use crate::store::{Store, StoreError};

/// The authorization servers as they are now. Reading them costs a request nothing but a count; a change reads them anew.
#[derive(Debug)]
pub(crate) struct LiveServers {
    now: RwLock<Arc<Servers>>,
    /// Held from the read of the database to the swap, so that what was read first never replaces what was read later.
    reload: Mutex<()>,
}

impl LiveServers {
    /// Reads them for the first time.
    pub(crate) fn open(store: &Store, sealer: &Sealer, url: &OrgUrl) -> Result<Self, KeyError> {
        let servers = read(store, sealer, url, None)?;
        Ok(Self {
            now: RwLock::new(Arc::new(servers)),
            reload: Mutex::new(()),
        })
    }

    /// The servers at this moment.
    pub(crate) fn now(&self) -> Arc<Servers> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads them again, after a change was committed.
    pub(crate) fn reload(
        &self,
        store: &Store,
        sealer: &Sealer,
        url: &OrgUrl,
    ) -> Result<(), KeyError> {
        let _one_at_a_time = self.reload.lock().unwrap_or_else(PoisonError::into_inner);
        let servers = Arc::new(read(store, sealer, url, Some(&self.now()))?);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = servers;
        Ok(())
    }
}

fn read(
    store: &Store,
    sealer: &Sealer,
    url: &OrgUrl,
    before: Option<&Servers>,
) -> Result<Servers, KeyError> {
    let read = store.read(|db| Ok(Servers::load(db, sealer, url, before)));
    read.map_err(|error| match error {
        StoreError::Sqlite(error) => KeyError::Store(error),
        other => KeyError::Unreadable(other.to_string()),
    })?
}
