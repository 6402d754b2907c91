use serde::{Deserialize, Serialize};

use crate::SignInErrorCode;

/// What the app's own sign-in forms ask for next
/// (direct authentication, <https://developer.okta.com/docs/guides/configure-direct-auth-grants/>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirectStep {
    /// A name, and a password or a way to do without.
    Begin,
    /// Which of the ways to go on.
    Choose,
    /// A code, or the approval of a message.
    Code {
        /// Where the code comes from.
        way: DirectWay,
        /// Whether nothing has been proved yet.
        is_first: bool,
        /// The number to be chosen on the device, where the org asks for that.
        number: Option<String>,
    },
    /// Nothing here: only a page of the org can ask for what is missing.
    Hosted,
    /// Nothing here: the org does not let this app ask people itself.
    Off,
    /// Nothing here: it failed.
    Failed(SignInErrorCode),
}

/// A way to prove who one is that an app can ask for by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectWay {
    /// The code that an authenticator app shows.
    App,
    /// A code by text message.
    Sms,
    /// A code by telephone call.
    Voice,
    /// A message on the person's device that is approved there. The org may choose it; people cannot.
    Push,
}

impl DirectWay {
    /// The ways that people can choose from.
    pub const CHOICES: [Self; 3] = [Self::App, Self::Sms, Self::Voice];

    /// The word for forms, which is Okta's `channel` where there is one.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Push => "push",
        }
    }

    /// One of [`Self::CHOICES`], by its word.
    pub fn choice(word: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|way| way.as_str() == word)
    }

    /// The way behind a `channel` of the wire.
    pub fn of_channel(channel: &str) -> Option<Self> {
        [Self::Sms, Self::Voice, Self::Push]
            .into_iter()
            .find(|way| way.as_str() == channel)
    }
}

/// What became of an answer, where that has to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectWord {
    /// Name and password are not right together, or are not those of somebody who may sign in: which is never said.
    WrongPassword,
    /// The code is not right.
    WrongCode,
    /// Something was left empty, or is too long.
    Incomplete,
    /// This cannot be the first thing to prove: the password comes first.
    PasswordFirst,
    /// The way that was chosen cannot be used.
    Unusable,
    /// The org asks for something else than before.
    Changed,
    /// It took too long; it begins again.
    Expired,
    /// The form was one of an earlier sign-in of this browser.
    OtherAttempt,
    /// Another code is on its way.
    Sent,
    /// The message on the device has not been answered.
    Pending,
    /// The message on the device was refused.
    Rejected,
    /// Too many tries in a short time.
    Slow,
    /// The org does not answer.
    OrgDown,
}

impl DirectWord {
    /// Whether it is good news.
    pub const fn is_good(self) -> bool {
        matches!(self, Self::Sent | Self::Changed)
    }

    /// Whether what was typed is at fault.
    pub const fn is_of_the_input(self) -> bool {
        matches!(
            self,
            Self::WrongPassword | Self::WrongCode | Self::Incomplete
        )
    }
}
