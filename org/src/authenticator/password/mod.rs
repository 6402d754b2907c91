//! Passwords: Argon2id, hashed off the async threads, a bounded number at a time.

pub(crate) mod change;
mod common;
mod cost;
mod generate;
mod hash;
pub(crate) mod history;
mod imported;
mod memory;
mod normal;
pub(crate) mod requirements;

use secrecy::{ExposeSecret as _, SecretString};
use std::sync::Arc;
use tokio::sync::Semaphore;

pub use cost::PasswordCost;
pub(crate) use generate::generate;
pub(crate) use imported::{HashInput, ImportedHash};

use memory::Memory;
use normal::normal_form;

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
        let password = normal_form(password);
        hash::create(params, password.expose_secret(), salt, &self.memory)
    }

    /// The PHC string of a new password or of the answer to a security question.
    pub(crate) async fn create(
        &self,
        password: SecretString,
        salt: [u8; 16],
    ) -> Result<String, PasswordError> {
        let this = self.clone();
        self.in_turn(move || this.hash(password.expose_secret(), salt))
            .await
    }

    /// Whether `password` belongs to `hash`. Without a hash it takes as long and says no, so that time does not tell
    /// whether there is such a user.
    pub(crate) async fn verify(
        &self,
        password: SecretString,
        hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        let (decoy, memory) = (self.cost.decoy_hash(), Arc::clone(&self.memory));
        self.in_turn(move || {
            let stored = hash.as_deref().unwrap_or(&decoy);
            let normal = normal_form(password.expose_secret());
            if let Some(imported) = ImportedHash::of_kept(stored) {
                // The decoy takes the time that a hash of the org's own would: the other may take none.
                hash::is_of(&decoy, normal.expose_secret(), &memory)?;
                return Ok(imported.is_of(password.expose_secret()));
            }
            let is_match = hash::is_of(stored, normal.expose_secret(), &memory)?;
            Ok(is_match && hash.is_some())
        })
        .await
    }

    /// Whether a hash was made at another cost than the present one, so that a new one should take its place as soon as the
    /// password is at hand.
    pub(crate) fn is_outdated(&self, hash: &str) -> bool {
        self.cost
            .params()
            .is_ok_and(|params| !hash::is_of_cost(hash, &params))
    }

    /// Runs slow work off the async threads when its turn comes.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _place = self
            .admitted
            .try_acquire()
            .map_err(|_| PasswordError::Busy)?;
        let turn = Arc::clone(&self.running)
            .acquire_owned()
            .await
            .map_err(|_| PasswordError::Abandoned)?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .map_err(|_| PasswordError::Abandoned)?
    }
}

#[cfg(test)]
mod tests;
