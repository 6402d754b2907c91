use serde::{Deserialize, Serialize};

/// How a person proved who they are (RFC 8176), as far as the org has authenticators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Amr {
    /// By a password.
    Pwd,
}
