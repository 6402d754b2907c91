use serde::{Deserialize, Serialize};

use super::finding::{Finding, not_decidable};

/// From where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Network {
    pub(crate) connection: Connection,
    /// Ids of zones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) include: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) exclude: Vec<String>,
}

/// Which places are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Connection {
    Anywhere,
    Zone,
    OnNetwork,
    OffNetwork,
}

impl Network {
    pub(super) fn examine(&self) -> Option<Finding> {
        let (what, holds) = match self.connection {
            Connection::Anywhere => return None,
            Connection::Zone => ("the network is in certain zones", self.include.is_empty()),
            Connection::OnNetwork => ("the network is one of the org's", false),
            Connection::OffNetwork => ("the network is not one of the org's", true),
        };
        Some(not_decidable(what, "outside of every zone", holds))
    }
}
