use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Method;

/// A method that a person used with success, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proof {
    pub(crate) method: Method,
    pub(crate) at: Timestamp,
}
