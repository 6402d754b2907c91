//! Signing in on a page of the app, by the interaction code flow
//! (<https://developer.okta.com/docs/concepts/interaction-code/>).
//!
//! The app begins the interaction and keeps state, nonce and verifier, as for every sign-in. Its page gets a handle, with which
//! somebody answers the org's questions. What comes back is a code that only the app can redeem; from there on it is a
//! sign-in like any other.

mod begin;
mod redeem;

use std::fmt;

use http::HeaderValue;
use model::SignInError;

pub(super) use redeem::redeem;

/// An interaction that has begun, as far as the page that asks the person may know it.
#[derive(Clone)]
pub struct Interaction {
    /// What the page shows the org (`interaction_handle`). Whoever has it can answer, and cannot redeem what comes of it.
    pub handle: String,
    /// The issuer, as the org writes it.
    pub issuer: String,
    /// The app's `client_id`.
    pub client_id: String,
    /// Where the code is to be brought.
    pub redirect_uri: String,
    /// What is brought along with the code.
    pub state: String,
    /// The challenge of the verifier that the app keeps (RFC 7636 §4.2, `S256`).
    pub code_challenge: String,
    /// What the tokens will be good for.
    pub scopes: Vec<String>,
    /// `Set-Cookie` values.
    pub cookies: Vec<HeaderValue>,
}

/// Why an app's own page cannot ask people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InteractionTrouble {
    /// The provider has no such flow: it is no Okta org with Identity Engine.
    NotOffered,
    /// The org does not have the flow switched on, or no rule of the authorization server allows it.
    SwitchedOff,
    /// The flow is not among the grants of this app.
    NotGranted,
    /// Whatever else can fail in a sign-in.
    Failed(SignInError),
}

impl fmt::Debug for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interaction")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}
