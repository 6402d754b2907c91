//! What setup made and what it changed, so that `destroy` takes back that and nothing else.
//!
//! A line of it is written before the call it is about: after a cut at any place it tells at least what was done.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Fault;

/// The record of one org. It holds names and settings, no secrets.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    file: Option<PathBuf>,
    entries: BTreeMap<String, Entry>,
    /// Whether there was a record before this run.
    is_known: bool,
}

/// What setup did to one object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Entry {
    /// It was not there before.
    Made,
    /// It was there; these were the fields that setup changed.
    Changed(Value),
}

impl Journal {
    /// A record that is not kept.
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// The record in a file, which need not exist yet.
    pub fn open(file: &Path) -> Result<Self, Fault> {
        let what = || format!("the journal {}", file.display());
        let text = match std::fs::read_to_string(file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(Fault::file(what())(error)),
        };
        let entries = match &text {
            Some(text) => serde_json::from_str(text)
                .map_err(|error| Fault::unexpected(format!("{}: {error}", what())))?,
            None => BTreeMap::new(),
        };
        Ok(Self {
            file: Some(file.to_owned()),
            entries,
            is_known: text.is_some(),
        })
    }

    /// Whether anything is recorded of this org.
    pub(crate) fn is_known(&self) -> bool {
        self.is_known
    }

    pub(crate) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// Notes what is about to be done. What was noted first stays: later runs change what an earlier one made or changed.
    pub(crate) fn note(&mut self, key: &str, entry: Entry) -> Result<(), Fault> {
        self.is_known = true;
        match (self.entries.get_mut(key), entry) {
            (None, entry) => {
                self.entries.insert(key.to_owned(), entry);
            }
            (Some(Entry::Changed(known)), Entry::Changed(more)) => fill_up(known, more),
            // Somebody deleted what had been changed, and setup made it anew: it is setup's own now.
            (Some(known @ Entry::Changed(_)), Entry::Made) => *known = Entry::Made,
            (Some(Entry::Made), _) => return Ok(()),
        }
        self.save()
    }

    /// Strikes out what was taken back.
    pub(crate) fn strike(&mut self, key: &str) -> Result<(), Fault> {
        match self.entries.remove(key) {
            Some(_) => self.save(),
            None => Ok(()),
        }
    }

    /// Writes a new file and puts it in the place of the old one, so that a cut leaves one of the two.
    fn save(&self) -> Result<(), Fault> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let what = format!("the journal {}", file.display());
        let text = serde_json::to_string_pretty(&self.entries)
            .map_err(|error| Fault::unexpected(format!("{what}: {error}")))?;
        let new = file.with_extension("new");
        let folder = file.parent().map_or(Ok(()), std::fs::create_dir_all);
        folder
            .and_then(|()| std::fs::write(&new, text + "\n"))
            .and_then(|()| std::fs::rename(&new, file))
            .map_err(Fault::file(what))
    }
}

/// Adds the fields of `more` that `known` does not have.
fn fill_up(known: &mut Value, more: Value) {
    let (Some(known), Value::Object(more)) = (known.as_object_mut(), more) else {
        return;
    };
    for (name, more) in more {
        match known.get_mut(&name) {
            Some(known) => fill_up(known, more),
            None => {
                known.insert(name, more);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use testkit::TestDir;

    #[test]
    fn the_first_state_of_an_object_is_kept_through_later_changes() {
        let mut journal = Journal::in_memory();
        journal
            .note("rule", Entry::Changed(json!({"a": {"b": 1}})))
            .expect("noted");
        journal
            .note("rule", Entry::Changed(json!({"a": {"b": 2, "c": 3}})))
            .expect("noted");
        assert_eq!(
            journal.find("rule"),
            Some(&Entry::Changed(json!({"a": {"b": 1, "c": 3}})))
        );
        journal.note("group", Entry::Made).expect("noted");
        journal
            .note("group", Entry::Changed(json!({"a": 1})))
            .expect("noted");
        assert_eq!(journal.find("group"), Some(&Entry::Made));
    }

    #[test]
    fn a_record_in_a_file_is_there_in_the_next_run() {
        let dir = TestDir::new();
        let file = dir.path().join("setup/localhost.json");
        let mut journal = Journal::open(&file).expect("a journal");
        assert!(!journal.is_known());
        journal.note("group", Entry::Made).expect("noted");
        let mut again = Journal::open(&file).expect("a journal");
        assert!(again.is_known());
        assert_eq!(again.find("group"), Some(&Entry::Made));
        again.strike("group").expect("struck out");
        assert_eq!(Journal::open(&file).expect("a journal").find("group"), None);
    }

    #[test]
    fn a_broken_record_is_not_taken_for_none() {
        let dir = TestDir::new();
        let file = dir.path().join("broken.json");
        std::fs::write(&file, "{").expect("written");
        assert!(
            Journal::open(&file)
                .expect_err("broken")
                .to_string()
                .contains("broken.json")
        );
    }
}
