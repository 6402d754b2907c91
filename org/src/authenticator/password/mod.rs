//! Passwords: Argon2id, hashed off the async threads, a bounded number at a time.

mod cost;
mod generate;
mod hash;
mod memory;

use secrecy::{ExposeSecret as _, SecretString};
use std::sync::Arc;
use tokio::sync::Semaphore;

pub use cost::PasswordCost;
pub(crate) use generate::generate;

use memory::Memory;

/// How many sign-ins may wait for their turn. At about 20 ms each this is a wait of a second or so.
const QUEUE: usize = 64;

/// A password could not be looked at.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PasswordError {
    /// Too many others wait. Nothing is said about the password.
    #[error("too many passwords wait to be checked")]
    Busy,
    /// The hash in the database is not one, or the hasher failed.
    #[error("the password hash cannot be used: {0}")]
    Hash(String),
    /// The runtime is shutting down.
    #[error("the password check was abandoned")]
    Abandoned,
}

/// Hashes and verifies passwords.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    cost: PasswordCost,
    memory: Arc<Memory>,
    /// One permit per hash that runs.
    running: Arc<Semaphore>,
    /// One permit per hash that runs or waits.
    admitted: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            cost,
            memory: Arc::default(),
            running: Arc::new(Semaphore::new(cores)),
            admitted: Arc::new(Semaphore::new(cores + QUEUE)),
        }
    }

    /// The PHC string of `password`. Takes as long as the cost says, on the calling thread.
    pub(crate) fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String, PasswordError> {
        let params = self
            .cost
            .params()
            .map_err(|error| PasswordError::Hash(error.to_string()))?;
        hash::create(params, password, salt, &self.memory)
    }

    /// Whether `password` belongs to `hash`. Without a hash it takes as long and says no, so that time does not tell
    /// whether there is such a user.
    pub(crate) async fn verify(
        &self,
        password: SecretString,
        hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        let _place = self
            .admitted
            .try_acquire()
            .map_err(|_| PasswordError::Busy)?;
        let turn = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .map_err(|_| PasswordError::Abandoned)?;
        let (decoy, memory) = (self.cost.decoy_hash(), Arc::clone(&self.memory));
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let stored = hash.as_deref().unwrap_or(&decoy);
            let is_match = hash::is_of(stored, password.expose_secret(), &memory)?;
            Ok(is_match && hash.is_some())
        })
        .await
        .map_err(|_| PasswordError::Abandoned)?
    }
}
