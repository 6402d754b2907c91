use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::Connection;

use super::store::CampaignRow;

/// The groups whose campaigns somebody may know of and work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// All of the org.
    Every,
    /// Those that the administrator's role is limited to, by id.
    Groups(Arc<BTreeSet<String>>),
}

impl Reach {
    /// Whether there is no group at all.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Groups(groups) if groups.is_empty())
    }

    pub(super) fn has(&self, group_id: &str) -> bool {
        match self {
            Self::Every => true,
            Self::Groups(groups) => groups.contains(group_id),
        }
    }

    /// A campaign within reach. One beyond it looks like one that does not exist.
    pub(super) fn find(
        &self,
        connection: &Connection,
        id: i64,
    ) -> rusqlite::Result<Option<CampaignRow>> {
        let row = CampaignRow::find(connection, id)?;
        Ok(row.filter(|row| self.has(&row.group_id)))
    }
}
