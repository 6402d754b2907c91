//! The token inspector: what the org gave the app for a person, claim by claim, and what can be done with it.

mod api;
mod claims;
mod countdown;
mod outcome;

#[cfg(feature = "ssr")]
mod server;
mod view;

use model::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use view::TokensPage;

/// What the page shows. No part of a token is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Report {
    /// When it was looked.
    at: Timestamp,
    tokens: Vec<Token>,
    /// What became of the form before this page.
    outcome: Option<Outcome>,
    /// Whether the org could be asked.
    org_answers: bool,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Token {
    kind: Kind,
    fingerprint: String,
    length: usize,
    expires_at: Option<Timestamp>,
    content: Content,
    /// What can be done with it, in the order of the buttons.
    actions: Vec<Action>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Id,
    Access,
    Refresh,
}

/// What can be read in a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Content {
    /// It is for somebody else to read.
    NotForTheApp,
    /// It should be a JWT and is none.
    Unreadable,
    Jwt {
        algorithm: String,
        signature: Signature,
        claims: Vec<Claim>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Signature {
    Verified {
        key_id: Option<String>,
        /// Bits and RFC 7638 thumbprint.
        key: Option<(usize, String)>,
    },
    NotVerified {
        key_id: Option<String>,
    },
    CannotCheck,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Claim {
    name: String,
    value: String,
    /// The value of a claim that is a time.
    moment: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Action {
    Refresh,
    Revoke,
    Introspect,
}

/// What became of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Outcome {
    /// The org gave new tokens.
    Refreshed,
    /// The access token has ended.
    Revoked,
    /// The org said that the token is good, and what it is good for.
    Active(Kind, Vec<Claim>),
    /// The org said that the token is good for nothing.
    Inactive(Kind),
    /// Nothing came of it.
    Failed(Failure),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Failure {
    NoSuchToken,
    NotOffered,
    OrgRefused,
    OrgUnavailable,
    StoreUnavailable,
}
