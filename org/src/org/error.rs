use crate::authenticator::password::PasswordError;
use crate::failure::Failure;
use crate::oauth::keys::KeyError;
use crate::seal::SealBroken;
use crate::store::{StoreError, StoreOpenError};

/// The org could not be opened. Every message says what to do, where something can be done.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct OpenError(Cause);

#[derive(Debug, thiserror::Error)]
enum Cause {
    #[error(transparent)]
    Open(#[from] StoreOpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Seal(#[from] SealBroken),
    #[error(transparent)]
    Failure(#[from] Failure),
    #[error("a file of the data directory cannot be used: {0}")]
    File(#[from] std::io::Error),
    #[error("the work of the first start was abandoned: {0}")]
    Abandoned(#[from] tokio::task::JoinError),
    #[error(
        "the data directory holds no app labelled \"Portico\"; delete the directory to begin anew"
    )]
    NoPortico,
    #[error("the database holds no {0}; delete the data directory to begin anew")]
    Incomplete(&'static str),
}

impl OpenError {
    pub(super) const fn no_portico() -> Self {
        Self(Cause::NoPortico)
    }

    pub(super) const fn incomplete(what: &'static str) -> Self {
        Self(Cause::Incomplete(what))
    }
}

impl<E> From<E> for OpenError
where
    Cause: From<E>,
{
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}
