//! Passwords: Argon2id, hashed off the async threads, a bounded number at a time.

mod cost;
mod generate;

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::Arc;
use tokio::sync::Semaphore;

pub use cost::PasswordCost;
pub(crate) use generate::generate;

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
            running: Arc::new(Semaphore::new(cores)),
            admitted: Arc::new(Semaphore::new(cores + QUEUE)),
        }
    }

    /// The PHC string of `password`. Takes as long as the cost says, on the calling thread.
    pub(crate) fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String, PasswordError> {
        argon2(self.cost)?
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|error| PasswordError::Hash(error.to_string()))
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
        let decoy = self.cost.decoy_hash();
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let is_match = verify(&password, hash.as_deref().unwrap_or(&decoy))?;
            Ok(is_match && hash.is_some())
        })
        .await
        .map_err(|_| PasswordError::Abandoned)?
    }
}

fn argon2(cost: PasswordCost) -> Result<Argon2<'static>, PasswordError> {
    cost.params()
        .map(Argon2::from)
        .map_err(|error| PasswordError::Hash(error.to_string()))
}

fn verify(password: &SecretString, hash: &str) -> Result<bool, PasswordError> {
    use argon2::password_hash::Error;

    // The parameters are those inside the hash, not the default's.
    match Argon2::default().verify_password(password.expose_secret().as_bytes(), hash) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(PasswordError::Hash(error.to_string())),
    }
}
