use std::path::PathBuf;

/// Why the program could not start, in a sentence that names the setting and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The local org could not be opened.
    #[error("the local org cannot start: {0}")]
    Org(#[from] org::OpenError),
    /// The seed file could not be used.
    #[error("ORG_SEED={}: {reason}", path.display())]
    Seed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The service app could not be registered at the local org.
    #[error(transparent)]
    ServiceApp(#[from] org::ServiceAppError),
    /// The relying party could not be opened.
    #[error("the app cannot start: {0}")]
    App(#[from] bff::BffError),
    /// A setting has a value that cannot be used.
    #[error("{key}: {reason}")]
    Setting {
        /// The key, as in `.env.example`.
        key: &'static str,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// A socket, a file or the signals of the system.
    #[error(transparent)]
    System(#[from] std::io::Error),
}
