use serde::{Deserialize, Serialize};

use crate::authenticator::Method;

/// What a person is told on top of the question, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Notice {
    /// The name of the form field it belongs to (`passcode`, `email`, …), or the whole page.
    pub(crate) field: Option<String>,
    pub(crate) message: Message,
}

impl Notice {
    pub(crate) const fn on_page(message: Message) -> Self {
        Self {
            field: None,
            message,
        }
    }

    pub(crate) fn on(field: impl Into<String>, message: Message) -> Self {
        Self {
            field: Some(field.into()),
            message,
        }
    }
}

/// How grave a message is, in Okta's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Info,
    Error,
}

/// Everything that the engine says to people. Each face has its words for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Message {
    /// The one answer to every failure to prove who one is before the first proof.
    AuthenticationFailed,
    /// The password is not it, or there is no such user.
    WrongPassword,
    /// The code is not it, or no longer.
    WrongCode,
    /// The time-based code is not it.
    WrongTotp,
    /// The time-based code was used before.
    UsedTotp,
    /// The answer to the security question is not it.
    WrongAnswer,
    /// The passkey's signature does not verify.
    WebauthnFailed,
    /// Nothing was typed into a field that must be filled in.
    Blank,
    /// Too many wrong answers: the interaction is over.
    TooManyAttempts,
    /// A new code was asked for too soon.
    ResendTooSoon(Method),
    /// A new code was asked for too often.
    TooManyCodes(Method),
    /// A new code was sent.
    CodeSent(Method),
    /// Not a telephone number in international form.
    InvalidPhone,
    /// Not an email address.
    InvalidEmail,
    /// Too long, or with characters that do not belong.
    InvalidValue,
    /// Another user has this value.
    NotUnique,
    /// The password is on a list of common ones.
    PasswordTooCommon,
    /// The password does not do what the policy asks; the sentences say what it asks.
    PasswordRequirements(Vec<String>),
    /// The answer to a security question is too short.
    AnswerTooShort,
    /// The user may not use the app under its policy.
    AccessDenied,
    /// Nothing that the user has, or may set up, satisfies the policy.
    Unsatisfiable,
    /// The app does not register anybody.
    RegistrationUnavailable,
    /// The policy does not let people reset their password.
    ResetNotAllowed,
    /// The password was changed less than so many minutes ago, before which the policy lets nobody change it.
    PasswordTooYoung(u32),
    /// The policy does not let people unlock their account.
    UnlockNotAllowed,
    /// The account is unlocked; now sign in.
    Unlocked,
    /// The user is not assigned to the app.
    NotAssigned,
    /// The link that was followed is not good any more.
    LinkExpired,
    /// The link that was followed leads to an activation that is over.
    ActivationExpired,
    /// The link that was followed leads to a reset that is over.
    ResetLinkExpired,
    /// The interaction is over or was never there.
    SessionExpired,
    /// What was sent does not belong to the present step.
    NotExpected,
}

impl Message {
    /// Whether it says that a proof was wrong, which counts against the address that it came from.
    pub(crate) const fn is_of_wrong_proof(&self) -> bool {
        matches!(
            self,
            Self::AuthenticationFailed
                | Self::WrongPassword
                | Self::WrongCode
                | Self::WrongTotp
                | Self::WrongAnswer
                | Self::WebauthnFailed
                | Self::TooManyAttempts
        )
    }

    pub(crate) const fn class(&self) -> Class {
        match self {
            Self::Unlocked | Self::CodeSent(_) | Self::ResendTooSoon(_) => Class::Info,
            _ => Class::Error,
        }
    }
}
