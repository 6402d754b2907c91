//! `/sign-in`: the app's own forms, which ask what the org asks next (direct authentication).

mod api;
mod begin;
mod code;
mod elsewhere;
#[cfg(feature = "ssr")]
mod server;
mod view;
mod word;

use model::{DirectStep, DirectWord};
use serde::{Deserialize, Serialize};

pub(crate) use view::OwnSignInPage;

/// What the page shows. No token, no code and no password is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    /// Goes along with every form, so that one that was left open is told from the newest.
    attempt: String,
    identifier: String,
    return_to: String,
    step: DirectStep,
    word: Option<DirectWord>,
}
