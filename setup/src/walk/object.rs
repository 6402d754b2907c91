use http::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::walk::{Find, Undo};

/// The id of an object, or the name of one that is not made yet.
#[derive(Debug, Clone)]
pub(crate) enum Id {
    Known(String),
    Planned(String),
}

impl Id {
    /// What stands for it in JSON. A planned one has no id; its name goes into the plan and nowhere else.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Known(text) | Self::Planned(text) => text,
        }
    }

    pub(crate) fn known(&self) -> Option<&str> {
        match self {
            Self::Known(id) => Some(id),
            Self::Planned(_) => None,
        }
    }

    /// Where to look for something that belongs to this object.
    pub(crate) fn find(&self, find: impl FnOnce(&str) -> Find) -> Find {
        self.known().map_or(Find::Nowhere, find)
    }
}

/// One object of the org as the guide wants it.
#[derive(Debug)]
pub(crate) struct Object {
    /// The noun: `group`, `policy rule`, …
    pub(crate) kind: &'static str,
    /// What people know it by, unique among its kind.
    pub(crate) name: String,
    /// The sentence that `verify` proves.
    pub(crate) promise: String,
    pub(crate) find: Find,
    /// How it is made; none for what every org has.
    pub(crate) create: Option<Create>,
    /// The fields that the guide speaks of.
    pub(crate) wanted: Value,
    pub(crate) address: Address,
    pub(crate) update: Update,
    pub(crate) undo: Undo,
    /// What is worth knowing before it is changed.
    pub(crate) warning: Option<&'static str>,
}

impl Object {
    /// Its name in the journal.
    pub(crate) fn key(&self) -> String {
        format!("{}: {}", self.kind, self.name)
    }
}

/// The call that makes an object.
#[derive(Debug)]
pub(crate) struct Create {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Value,
    pub(crate) secret: Option<Secret>,
}

impl Create {
    pub(crate) fn post(path: impl Into<String>, body: Value) -> Self {
        Self {
            method: Method::POST,
            path: path.into(),
            body,
            secret: None,
        }
    }

    pub(crate) fn put(path: impl Into<String>) -> Self {
        Self {
            method: Method::PUT,
            path: path.into(),
            body: json!({}),
            secret: None,
        }
    }
}

/// The password that an account gets when it is made.
#[derive(Debug)]
pub(crate) struct Secret {
    /// Whose it is, for the person who reads it.
    pub(crate) login: String,
    /// The one that was chosen; one is made up unless there is.
    pub(crate) chosen: Option<SecretString>,
}

/// Where an object is read, changed and deleted.
#[derive(Debug, Clone)]
pub(crate) enum Address {
    /// Below this path, by its id.
    Below(String),
    /// Here.
    At(String),
}

impl Address {
    pub(crate) fn of(&self, object: &Value) -> String {
        match self {
            Self::Below(path) => format!("{path}/{}", object["id"].as_str().unwrap_or_default()),
            Self::At(path) => path.clone(),
        }
    }
}

/// How a difference is written.
#[derive(Debug, Clone)]
pub(crate) enum Update {
    /// It cannot differ: it is there or not.
    Never,
    /// The whole object by `PUT`.
    Whole,
    /// The wanted fields by `POST`.
    Fields,
    /// A user's status, by the life-cycle operation that leads to `ACTIVE`.
    Life {
        login: String,
        chosen: Option<SecretString>,
    },
    /// Another policy for an app.
    Map {
        app: String,
        policy_type: &'static str,
    },
}
