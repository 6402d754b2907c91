//! `/sign-in/widget`: Okta's Sign-In Widget in a page of the app.
//!
//! The page gets the handle of an interaction and nothing else: state, nonce and verifier stay in the sealed cookie of the
//! sign-in, and the code that the widget brings to `/login/callback` is worth nothing without them.

mod api;
mod files;
#[cfg(feature = "ssr")]
mod server;
mod view;

use model::SignInError;
use serde::{Deserialize, Serialize};

pub use files::WidgetFiles;
pub(crate) use view::WidgetPage;

/// What the page is to show.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Embedding {
    /// Where the person wants to go, a path of the app.
    return_to: String,
    state: EmbeddingState,
}

/// Whether the widget can ask.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum EmbeddingState {
    /// It can, with this configuration (JSON) for `start.js`.
    Ready(String),
    /// Its files are not on this server.
    FilesMissing,
    /// The provider is none that the widget can speak to.
    NotOffered,
    /// The org, or the rules of its authorization server, do not have the flow. Nothing is known of the second, where the
    /// issuer is the org itself.
    SwitchedOff,
    /// The app may not use the flow.
    NotGranted,
    /// Another failure.
    Failed(SignInError),
}
