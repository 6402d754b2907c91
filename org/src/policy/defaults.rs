use jiff::Timestamp;
use model::{Entropy, GroupId};
use rusqlite::Connection;

use super::draft::PolicyDraft;
use super::names::Names;
use super::set::PolicySet;
use crate::directory::EVERYONE;

const DEFAULTS: &str = include_str!("defaults.json");

/// The policies that every org begins with, in the shape of a seed.
#[expect(
    clippy::expect_used,
    reason = "a test reads the text, which is part of the program"
)]
pub(crate) fn defaults() -> Vec<PolicyDraft> {
    serde_json::from_str(DEFAULTS).expect("the built-in policies are valid")
}

impl PolicySet {
    /// The policies of a new org.
    pub(crate) fn of_new_org(everyone: &GroupId, entropy: &dyn Entropy) -> Self {
        let names = Names::new([(EVERYONE, everyone)], []);
        let mut set = Self::default();
        for mut draft in defaults() {
            draft.resolve(&names);
            set.put(draft, entropy);
        }
        set
    }
}

/// Writes the policies of a new org: a default of each type, and the presets for apps.
pub(crate) fn store_defaults(
    db: &Connection,
    everyone: &GroupId,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    PolicySet::of_new_org(everyone, entropy).save(db, now)
}
