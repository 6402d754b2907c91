//! The policies of a seed, in the shapes of Okta's API.

use jiff::Timestamp;
use model::Entropy;
use rusqlite::Connection;

use crate::policy::{Names, PolicyDraft, PolicySet};

/// A policy in a seed. One with the name of a policy of a new org changes that one; groups stand there by name, users by login.
pub(crate) type PolicySeed = PolicyDraft;

/// Writes the policies, in the caller's transaction, after the defaults.
pub(crate) fn store(
    db: &Connection,
    policies: &[PolicySeed],
    names: &Names,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    if policies.is_empty() {
        return Ok(());
    }
    let mut set = PolicySet::load(db)?;
    for seed in policies {
        let mut draft = seed.clone();
        draft.resolve(names);
        set.put(draft, entropy);
    }
    set.save(db, now)
}
