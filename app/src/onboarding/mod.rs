//! Onboarding: the first sign-in confirms the name and chooses where to start. Progress is kept on the server.

mod api;
mod draft;
#[cfg(feature = "ssr")]
mod server;
mod view;

use serde::{Deserialize, Serialize};

pub(crate) use view::OnboardingPage;

/// How far a person has come, and what they have said so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    step: Step,
    first_name: String,
    last_name: String,
    locale: String,
    /// Where this person's drafts are kept in the browser; differs from person to person.
    draft_key: String,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Step {
    Names,
    Landing,
    Done,
}
