use model::UserId;
use serde::{Deserialize, Serialize};

use super::Amr;

/// How far a sign-in has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub(crate) enum State {
    /// The person is to say who they are.
    Identify {
        /// What the app or an earlier step suggests.
        suggestion: Option<String>,
        message: Option<Message>,
    },
    /// The person is to prove it by a password. Whether there is such a user is not known here.
    #[serde(rename_all = "camelCase")]
    Password {
        identifier: String,
        keep_me_signed_in: bool,
        message: Option<Message>,
    },
    /// The sign-in is over, and nothing more can be got from it.
    Complete,
}

/// What a person, or an authenticator on their behalf, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A username was typed.
    Identifier {
        identifier: String,
        keep_me_signed_in: bool,
    },
    /// A password was typed and looked at.
    Password(Proof),
    /// The person wants to begin again.
    Restart,
}

/// What the authenticator and the door said of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    /// It is this user, and they may sign in.
    Accepted(UserId),
    /// Wrong, unknown, suspended: which of them is nobody's business.
    Rejected,
}

/// Something that must be done in the same transaction as the change of state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Open a session for this user and answer the app.
    SignIn {
        user: UserId,
        amr: Vec<Amr>,
        keep_me_signed_in: bool,
    },
}

/// The outcome of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) state: State,
    pub(crate) effect: Option<Effect>,
}

/// The answer does not belong to the question: a stale page, or a forged request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer does not belong to this step of the sign-in")]
pub(crate) struct NotExpected;

/// What a person is told on top of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Message {
    /// The one answer to every failure to prove who one is.
    UnableToSignIn,
    /// Nothing was typed.
    BlankUsername,
}

/// What can be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Remediation {
    /// Okta's `identify`.
    Identify { suggestion: Option<String> },
    /// Okta's `challenge-authenticator`, for the password.
    ChallengePassword { identifier: String },
}

/// A question and what is said with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Screen {
    pub(crate) remediation: Remediation,
    pub(crate) message: Option<Message>,
}

impl State {
    /// Where every sign-in begins.
    pub(crate) const fn begin(login_hint: Option<String>) -> Self {
        Self::Identify {
            suggestion: login_hint,
            message: None,
        }
    }

    /// What to ask now; nothing once the sign-in is over.
    pub(crate) fn screen(&self) -> Option<Screen> {
        let (remediation, message) = match self {
            Self::Identify {
                suggestion,
                message,
            } => (
                Remediation::Identify {
                    suggestion: suggestion.clone(),
                },
                message,
            ),
            Self::Password {
                identifier,
                message,
                ..
            } => (
                Remediation::ChallengePassword {
                    identifier: identifier.clone(),
                },
                message,
            ),
            Self::Complete => return None,
        };
        Some(Screen {
            remediation,
            message: *message,
        })
    }

    /// The next state for an answer.
    pub(crate) fn advance(self, answer: Answer) -> Result<Step, NotExpected> {
        match (self, answer) {
            (
                Self::Identify { .. },
                Answer::Identifier {
                    identifier,
                    keep_me_signed_in,
                },
            ) => Ok(identified(&identifier, keep_me_signed_in)),
            (
                Self::Password {
                    identifier,
                    keep_me_signed_in,
                    ..
                },
                Answer::Password(proof),
            ) => Ok(challenged(identifier, keep_me_signed_in, proof)),
            (Self::Password { identifier, .. }, Answer::Restart) => {
                Ok(ask(Self::begin(Some(identifier))))
            }
            (Self::Identify { suggestion, .. }, Answer::Restart) => {
                Ok(ask(Self::begin(suggestion)))
            }
            (Self::Identify { .. }, Answer::Password(_))
            | (Self::Password { .. }, Answer::Identifier { .. })
            | (Self::Complete, _) => Err(NotExpected),
        }
    }
}

const fn ask(state: State) -> Step {
    Step {
        state,
        effect: None,
    }
}

/// Every username leads to the password, so that the next page does not tell whether there is such a user.
fn identified(identifier: &str, keep_me_signed_in: bool) -> Step {
    let identifier = identifier.trim();
    if identifier.is_empty() {
        return ask(State::Identify {
            suggestion: None,
            message: Some(Message::BlankUsername),
        });
    }
    ask(State::Password {
        identifier: identifier.to_owned(),
        keep_me_signed_in,
        message: None,
    })
}

fn challenged(identifier: String, keep_me_signed_in: bool, proof: Proof) -> Step {
    match proof {
        Proof::Accepted(user) => Step {
            state: State::Complete,
            effect: Some(Effect::SignIn {
                user,
                amr: vec![Amr::Pwd],
                keep_me_signed_in,
            }),
        },
        Proof::Rejected => ask(State::Password {
            identifier,
            keep_me_signed_in,
            message: Some(Message::UnableToSignIn),
        }),
    }
}

#[cfg(test)]
mod tests;
