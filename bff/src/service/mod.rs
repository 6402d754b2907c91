//! The service app: what the app does at the org in its own name, by Okta's management API
//! (<https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/>).
//!
//! Its access token comes from the org's own server for an assertion that is signed with its key (`client_credentials` with
//! `private_key_jwt`). Neither the key nor the token ever reaches a browser. A busy org is waited for.

mod call;
mod gate;
mod pause;
mod token;

use std::fmt;
use std::sync::Arc;

use model::{Clock, Entropy};
use url::Url;

pub(crate) use call::{Answer, Call};
pub use pause::{Pause, TokioPause};

use crate::client::ClientKey;
use crate::outbound::Outbound;
use gate::Gate;
use token::HeldToken;

/// What the service app asks for to run campaigns. An administrator grants these to it ("Okta API Scopes"), and gives it the role
/// Organization Administrator.
pub const SERVICE_SCOPES: [&str; 3] =
    ["okta.users.manage", "okta.groups.manage", "okta.roles.read"];

/// Who the service app is to the org.
#[derive(Debug, Clone)]
pub struct ServiceCredentials {
    /// Its `client_id`.
    pub client_id: String,
    /// The key whose public half is registered with it.
    pub key: ClientKey,
}

/// Why the org did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ServiceTrouble {
    /// The org cannot be reached, or is too busy, or failed. What was asked may have been done.
    #[error("the org does not answer right now")]
    Unavailable,
    /// The org does not know the service app, or does not let it do this.
    #[error("the org does not let the service app do this")]
    Refused,
}

/// The service app at one org.
pub(crate) struct Service {
    /// The org itself, whichever of its authorization servers people sign in at.
    origin: String,
    credentials: ServiceCredentials,
    scopes: &'static [&'static str],
    outbound: Outbound,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    pause: Arc<dyn Pause>,
    token: tokio::sync::Mutex<Option<HeldToken>>,
    gate: Gate,
}

/// What a [`Service`] works with besides its credentials.
pub(crate) struct Surroundings {
    pub(crate) outbound: Outbound,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) pause: Arc<dyn Pause>,
}

impl Service {
    /// `scopes` is all that its token is good for.
    pub(crate) fn new(
        issuer: &Url,
        credentials: ServiceCredentials,
        scopes: &'static [&'static str],
        around: Surroundings,
    ) -> Self {
        Self {
            origin: issuer.origin().ascii_serialization(),
            credentials,
            scopes,
            outbound: around.outbound,
            clock: around.clock,
            entropy: around.entropy,
            pause: around.pause,
            token: tokio::sync::Mutex::new(None),
            gate: Gate::default(),
        }
    }

    /// The origin of the org.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}
