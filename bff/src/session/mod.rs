//! Sessions: who is signed in, in which browser, until when.
//!
//! The browser holds a session id and a key; the store holds a row under the hash of that id, with the person's claims
//! sealed by that key. The row decides whether the session is alive, so ending it takes effect at the next request. A
//! stolen store shows who has sessions, but neither lets anyone in nor shows their claims or tokens.

mod browser;
mod check;
mod cookie;
mod handle;
mod limits;
mod open;
mod registry;
pub(crate) mod store;
mod tokens;

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;
use model::Timestamp;
use serde_json::{Map, Value};

pub use browser::BrowserInfo;
pub(crate) use check::clear_cookies;
pub(crate) use cookie::SessionSecret;
pub use handle::SessionHandle;
pub(crate) use limits::{after, from_seconds};
pub(crate) use open::{NewSession, seal_claims};
pub use registry::{SessionEntry, StoreUnavailable};
use store::Account;
pub(crate) use store::StoreError;
pub use store::{EndedNotice, EndedNotices, InvalidStoreAddress, RedisAddress, StoreAddress};
pub(crate) use tokens::SealedTokens;
pub use tokens::Tokens;

/// A living session: who the person is, as the org said at sign-in.
///
/// It holds no token and cannot be serialised; pages pick from it what they show.
#[derive(Clone)]
pub struct Session {
    /// Names the session in lists and notices.
    pub handle: SessionHandle,
    /// The issuer that vouches for the person.
    pub issuer: String,
    /// The person at that issuer. Issuer and subject together, and nothing else, identify an account.
    pub subject: String,
    /// All claims of the ID token and of userinfo, under their wire names.
    pub claims: Map<String, Value>,
    /// When the person last proved who they are, where the org says so.
    pub auth_time: Option<Timestamp>,
    /// How the person proved it: `pwd`, `otp`, `mfa`, ... (RFC 8176).
    pub amr: Vec<String>,
    /// When this session began.
    pub signed_in_at: Timestamp,
    /// When it ends unless it is used again.
    pub idle_ends_at: Timestamp,
    /// When it ends at the latest, however busy it is.
    pub expires_at: Timestamp,
}

impl Session {
    /// A claim that is a text.
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    }

    /// Tells one person from another in a browser, without saying who they are: a digest of issuer and subject.
    pub fn person_key(&self) -> String {
        Account::new(&self.issuer, &self.subject).key()
    }

    /// The best name the org gave: full name, login, email or, if there is nothing else, the subject.
    pub fn display_name(&self) -> &str {
        ["name", "preferred_username", "email"]
            .into_iter()
            .find_map(|claim| self.claim(claim))
            .unwrap_or(&self.subject)
    }

    /// What to call the person: the given name, or else the first word of the full name.
    pub fn first_name(&self) -> &str {
        self.claim("given_name").unwrap_or_else(|| {
            let name = self.display_name();
            name.split_whitespace().next().unwrap_or(name)
        })
    }

    /// The groups that the org names, if it names any.
    pub fn groups(&self) -> Vec<&str> {
        match self.claims.get("groups") {
            Some(Value::Array(groups)) => groups.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("issuer", &self.issuer)
            .field("subject", &self.subject)
            .field("signed_in_at", &self.signed_in_at)
            .finish_non_exhaustive()
    }
}

/// Whether somebody is signed in.
#[derive(Debug, Clone)]
pub enum SessionState {
    /// Nobody is, or no longer.
    SignedOut,
    /// This person is.
    SignedIn(Arc<Session>),
    /// The store cannot be asked right now. Nobody is signed out by that: say so, and keep the cookies.
    CannotCheck,
}

/// The answer to "who is this?", with the cookies that the response must set.
#[derive(Debug, Clone)]
pub struct SessionCheck {
    /// Whether somebody is signed in.
    pub state: SessionState,
    /// `Set-Cookie` values, usually none.
    pub cookies: Vec<HeaderValue>,
}
