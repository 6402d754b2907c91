use model::UserId;
use secrecy::SecretString;
use std::collections::BTreeMap;

use crate::authenticator::webauthn::{Assertion, Attestation};
use crate::authenticator::{AuthenticatorKey, Method};

/// What a person says, whichever face they say it to.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// A username, with a password when both are asked for together.
    Identify {
        identifier: String,
        password: Option<SecretString>,
        keep_me_signed_in: bool,
    },
    /// A passkey without a username.
    IdentifyByPasskey(Assertion),
    /// The way to a new account.
    StartRegistration,
    /// The way to a new password; from the first page without a user.
    StartRecovery,
    /// The way to lift a lock.
    StartUnlock,
    /// The attributes of a new account.
    Profile(BTreeMap<String, String>),
    /// An authenticator to use or to set up.
    Choose(Choice),
    /// A password, a code, an answer.
    Passcode(SecretString),
    /// A passkey's signature.
    Assertion(Assertion),
    /// A new passkey.
    Attestation(Attestation),
    /// A question and the answer that its owner will give.
    SecurityQuestion {
        key: String,
        /// The text of a question of one's own.
        text: Option<String>,
        answer: SecretString,
    },
    /// A new password.
    NewPassword {
        password: SecretString,
        /// Ends all other sessions of the user.
        end_sessions: bool,
    },
    /// The code is to be sent again.
    Resend,
    /// Not now.
    Skip,
    /// Whether to stay signed in.
    KeepMeSignedIn(bool),
    /// A link that was sent was followed in the browser of the interaction, and a button pressed.
    FollowLink(Method),
    /// Begin again.
    Restart,
}

/// An authenticator, as far as it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) key: AuthenticatorKey,
    pub(crate) method: Option<Method>,
    /// For a telephone that is set up.
    pub(crate) phone_number: Option<String>,
    /// Where a username is asked for together with the authenticator.
    pub(crate) identifier: Option<String>,
}

/// What slow work found out about an answer before the transaction. It is bound to what it was found out about: when that
/// has changed meanwhile it counts for nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// The password, or the security answer, that was given is the one of this hash.
    pub(crate) matches: Option<Match>,
    /// The hash of a new password or security answer.
    pub(crate) new_hash: Option<String>,
    /// The new password is one of the last ones.
    pub(crate) is_in_history: bool,
    /// A hash of the present cost, when the stored one is of another.
    pub(crate) rehash: Option<String>,
}

/// Whose secret was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) user: UserId,
    /// The hash that it was compared with.
    pub(crate) hash: String,
}
