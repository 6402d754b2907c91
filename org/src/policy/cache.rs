use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};

use super::set::PolicySet;
use super::store::snapshot;

/// The policies as they are, read again only when one has changed.
#[derive(Debug, Default)]
pub(crate) struct PolicyCache(Mutex<Option<(i64, Arc<PolicySet>)>>);

impl PolicyCache {
    /// The policies as the connection sees them at this moment: a change counts for the next request.
    pub(crate) fn current(&self, db: &Connection) -> rusqlite::Result<Arc<PolicySet>> {
        let _snapshot = snapshot(db)?;
        let version: i64 = db
            .prepare_cached("SELECT version FROM policy_version")?
            .query_row([], |row| row.get(0))?;
        if let Some((cached, set)) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner)
            && *cached == version
        {
            return Ok(Arc::clone(set));
        }
        // Not under the lock: who waits for it would wait for the database.
        let set = Arc::new(PolicySet::load(db)?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((version, Arc::clone(&set)));
        Ok(set)
    }
}
