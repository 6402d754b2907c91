//! Who is looking at the page.

#[cfg(feature = "ssr")]
pub(crate) mod server;

use std::sync::Arc;

use model::Timestamp;

/// The state of the session that came with the request.
#[derive(Debug, Clone, Default)]
pub enum Viewer {
    /// Nobody is signed in in this browser.
    #[default]
    SignedOut,
    /// A living session.
    SignedIn(Arc<Person>),
    /// The session store did not answer, so nothing can be said. Never treated as signed out.
    CannotCheck,
}

/// The person behind a session, as the org described them. Holds no token.
#[derive(Debug, Clone)]
pub struct Person {
    /// Tells this person from others in the browser's storage, without saying who it is.
    pub key: String,
    /// The name to greet with.
    pub first_name: String,
    /// The whole name, or the best there is.
    pub name: String,
    /// `email`, when the org told it.
    pub email: Option<String>,
    /// `groups`, when the org told them.
    pub groups: Vec<String>,
    /// Every other claim, in the words of [`Claim`].
    pub claims: Vec<Claim>,
    /// When the person proved who they are at the org.
    pub authenticated_at: Option<Timestamp>,
    /// How: `pwd`, `otp`, … (RFC 8176).
    pub methods: Vec<String>,
    /// When this app's session began.
    pub signed_in_at: Timestamp,
    /// When this app's session ends at the latest.
    pub session_ends_at: Timestamp,
}

/// One statement of the org about the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The claim's name on the wire, such as `zoneinfo`.
    pub name: String,
    /// Its value as text.
    pub value: String,
}
