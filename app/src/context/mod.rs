//! What a page may know of the request it is rendered for, and of the program it runs in.

#[cfg(feature = "ssr")]
pub mod server;
mod sign_in_way;

use std::fmt;
use std::sync::Arc;

use leptos::prelude::*;

pub use sign_in_way::{InvalidSignInWay, SignInWay};

use crate::Viewer;

/// A demo account of the local org, shown on the home page so that a newcomer can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// The name to sign in with.
    pub login: String,
    /// What the account is for, in a few words.
    pub purpose: String,
    /// The password. Shown only while the org is the local one on loopback.
    pub password: String,
}

/// The org that signs people in, as far as pages speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgInfo {
    /// The issuer, which is also what people see as the address of the org.
    pub issuer: String,
    /// The accounts of the local org; empty for every other org.
    pub demo_accounts: Vec<DemoAccount>,
    /// By which page people sign in there.
    pub sign_in: SignInWay,
}

/// The status line of the answer being rendered.
#[derive(Clone)]
pub struct Answer(Arc<dyn Fn(u16) + Send + Sync>);

impl Answer {
    /// An answer whose status `set` changes.
    pub fn new(set: impl Fn(u16) + Send + Sync + 'static) -> Self {
        Self(Arc::new(set))
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").finish_non_exhaustive()
    }
}

/// Present where the org has said that the person may bring people in.
#[derive(Debug, Clone, Copy)]
pub struct RunsCampaigns;

/// Who is looking at the page. Signed out where nothing is known, as during route generation at start.
pub(crate) fn viewer() -> Viewer {
    use_context::<Viewer>().unwrap_or(Viewer::SignedOut)
}

/// The org behind the app, where known.
pub(crate) fn org() -> Option<Arc<OrgInfo>> {
    use_context::<Arc<OrgInfo>>()
}

/// Gives the page being rendered another status than 200.
pub(crate) fn set_status(status: u16) {
    if let Some(answer) = use_context::<Answer>() {
        (answer.0)(status);
    }
}
