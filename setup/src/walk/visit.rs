use serde::Serialize;
use serde_json::Value;

use crate::walk::{Object, Undo, Update};
use crate::wanted::Difference;

/// What is, or was, to be done with an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It is not there.
    Create,
    /// It is there and differs.
    Change,
    /// It is as the guide wants it.
    Unchanged,
    /// No call can do it: a person has to.
    Manual,
}

impl Action {
    pub(crate) fn of(differences: &[Difference]) -> Self {
        if differences.is_empty() {
            Self::Unchanged
        } else {
            Self::Change
        }
    }
}

/// One object of a step.
#[derive(Debug, Clone, Serialize)]
pub struct Visit {
    /// What is to be done.
    pub action: Action,
    /// The noun.
    pub kind: &'static str,
    /// What people know it by.
    pub name: String,
    /// What differs, with names in the place of ids.
    pub fields: Vec<Difference>,
    /// What a person has to do, or should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The sentence that `verify` proves.
    #[serde(skip)]
    pub(crate) promise: String,
    #[serde(skip)]
    pub(crate) key: String,
    /// What the org had before anything was written.
    #[serde(skip)]
    pub(crate) found: Option<Found>,
    #[serde(skip)]
    pub(crate) undo: Undo,
    #[serde(skip)]
    pub(crate) update: Update,
}

/// An object that is there.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) address: String,
    pub(crate) current: Value,
}

impl Visit {
    pub(crate) fn of(
        object: &Object,
        action: Action,
        fields: Vec<Difference>,
        current: Option<Value>,
    ) -> Self {
        let found = current.map(|current| Found {
            address: object.address.of(&current),
            current,
        });
        let changes = matches!(action, Action::Create | Action::Change);
        Self {
            action,
            kind: object.kind,
            name: object.name.clone(),
            fields,
            note: object.warning.filter(|_| changes).map(str::to_owned),
            promise: object.promise.clone(),
            key: object.key(),
            found,
            undo: object.undo.clone(),
            update: object.update.clone(),
        }
    }

    pub(crate) fn manual(name: &str, instruction: String) -> Self {
        Self {
            action: Action::Manual,
            kind: "manual step",
            name: name.to_owned(),
            fields: Vec::new(),
            note: Some(instruction),
            promise: String::new(),
            key: String::new(),
            found: None,
            undo: Undo::Nothing,
            update: Update::Never,
        }
    }

    /// Whether something would be, or was, written.
    pub fn is_change(&self) -> bool {
        matches!(self.action, Action::Create | Action::Change)
    }
}
