//! Direct authentication: the app asks people itself and carries what they say to the org
//! (<https://developer.okta.com/docs/guides/configure-direct-auth-grants/>).
//!
//! The org decides what is asked. After each answer it gives tokens, asks for something more, or refuses; a page shows
//! what [`DirectSignIn::step`] says and nothing else, so that a change of policy is seen at the next answer. What the org
//! gives to go on by (`mfa_token`, `oob_code`) stays in a sealed cookie ([`attempt`]) that no page and no script can read.
//!
//! What only a page of the org can ask for (an email, a passkey, a new password) goes on there, with the name that was
//! given and the place where the person wanted to go.

mod answer;
mod attempt;
mod call;
mod challenge;
mod reply;
mod submit;

use http::HeaderValue;
use model::{DirectStep, DirectWay, DirectWord, ReturnTo};
use secrecy::SecretString;

/// A sign-in that the app's own forms have begun, as its page shows it. It has no token and no password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectSignIn {
    /// What tells it from others of the same browser: a form that was left open names it.
    pub id: String,
    /// The name that the person gave; empty before.
    pub identifier: String,
    /// Where the person wants to go.
    pub return_to: ReturnTo,
    /// What is asked.
    pub step: DirectStep,
    /// What became of the last answer.
    pub word: Option<DirectWord>,
}

/// A form as it was sent.
#[derive(Debug)]
pub struct DirectForm {
    /// The [`DirectSignIn::id`] of the page it stood on; empty on the first one.
    pub attempt: String,
    /// Where the person wants to go, for when nothing else is known of the sign-in.
    pub return_to: ReturnTo,
    /// What the person said.
    pub answer: DirectAnswer,
}

/// What a person says.
#[derive(Debug)]
pub enum DirectAnswer {
    /// Name and password.
    Password {
        /// The name.
        identifier: String,
        /// The password.
        password: SecretString,
    },
    /// A name, and the way to prove it without a password.
    First {
        /// The name.
        identifier: String,
        /// The way; none if the form named none that exists.
        way: Option<DirectWay>,
    },
    /// The code that was asked for; empty for an approval.
    Code(SecretString),
    /// Another way, or the same once more. None: show which there are.
    Way(Option<DirectWay>),
}

/// What a form leads to.
#[derive(Debug, Clone)]
pub struct DirectOutcome {
    /// `Set-Cookie` values.
    pub cookies: Vec<HeaderValue>,
    /// Whether the person is signed in. Else the page shows what is asked next.
    pub is_signed_in: bool,
    /// Where the person wants to go; once signed in, where to send them.
    pub go_to: ReturnTo,
}
