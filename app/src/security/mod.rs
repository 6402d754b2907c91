//! Where a person is signed in, and how they prove who they are.

mod api;
mod authenticators;
mod outcome;
mod phone;
#[cfg(feature = "ssr")]
mod server;
mod sessions;
mod view;

use model::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use view::SecurityPage;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Overview {
    /// When it was looked.
    at: Timestamp,
    /// The living sessions of the app, the one used last first.
    sessions: Vec<Device>,
    account: Account,
    /// The org's own page for the account, where it has one.
    settings_at: Option<String>,
    /// Until when authenticators can be changed without proving again who one is.
    fresh_until: Option<Timestamp>,
    /// What became of the form before this page.
    outcome: Option<Outcome>,
}

/// A session in a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Device {
    /// Names the session.
    handle: String,
    label: String,
    began: Timestamp,
    last_seen: Timestamp,
    /// Whether the page is read in it.
    is_this: bool,
}

/// What the org tells of authenticators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Account {
    Authenticators(Vec<Authenticator>),
    /// The app has not asked for it, or was not given it.
    NotAllowed,
    /// The org has no such API.
    NotOffered,
    /// The org cannot be asked right now.
    CannotTell,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Authenticator {
    id: String,
    name: String,
    enrollments: Vec<Enrollment>,
    set_up: SetUp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum SetUp {
    No,
    ByNumber,
    AtTheOrg(String),
    /// On the org's page, for which the app asks by this method.
    OnRequest(String),
    WhenAsked,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Enrollment {
    id: String,
    name: String,
    detail: Option<String>,
    created: Option<Timestamp>,
    last_used: Option<Timestamp>,
    removal: Removal,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Removal {
    No,
    Here,
    AtTheOrg(String),
}

/// What became of a form, where something is left to say on the page. What was simply done is a toast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// The chosen session had ended before, or never was.
    NoSuchSession,
    /// A code is on its way to the new telephone.
    CodeSent,
    /// The org takes no such number, or has it already.
    WrongNumber,
    /// That was not the code.
    WrongCode,
    /// There is nothing to remove.
    NothingToRemove,
    /// The access token is not good for that.
    NotAllowed,
    OrgRefused,
    OrgUnavailable,
    StoreUnavailable,
}
