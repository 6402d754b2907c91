use jiff::Timestamp;
use model::UserId;
use serde::{Deserialize, Serialize};

use super::Notice;
use crate::authenticator::code::CodeDigest;
use crate::authenticator::phone::PhoneNumber;
use crate::authenticator::totp::SealedTotpSecret;
use crate::authenticator::{AuthenticatorKey, Method, Proof};
use crate::policy::Explanation;

/// How far a sign-in has come. It is kept by the server; a browser holds nothing but the handle.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) began_at: Timestamp,
    pub(crate) stage: Stage,
    pub(crate) flow: Flow,
    /// What was typed as the username, or what the app suggests.
    pub(crate) identifier: Option<String>,
    pub(crate) who: Who,
    pub(crate) keep_me_signed_in: bool,
    /// What a passkey may sign on the first page (base64url), where it needs no username.
    pub(crate) passkey_challenge: String,
    /// What was proved: in this interaction, or in the session that it began in.
    pub(crate) proofs: Vec<Proof>,
    /// When the session that it began in was used before.
    #[serde(default)]
    pub(crate) last_use: Option<Timestamp>,
    /// What was set up in this interaction.
    pub(crate) set_up: Vec<AuthenticatorKey>,
    /// The person wants to set up what is optional another time.
    pub(crate) has_skipped: bool,
    /// Whether the person was asked to stay signed in, after they were signed in.
    pub(crate) has_answered_keep_me_signed_in: bool,
    /// Wrong codes so far. A new code does not set it back.
    pub(crate) wrong_codes: u8,
    /// Codes sent so far.
    pub(crate) codes_sent: u8,
    /// What the last answer is told.
    pub(crate) notices: Vec<Notice>,
    /// Which policies decided, in the order in which they were asked.
    pub(crate) trail: Vec<Explanation>,
}

/// Whom the interaction is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Who {
    /// Nobody has been named.
    Nobody,
    /// A name was typed that belongs to nobody. The steps are those of an ordinary user, and nothing is ever right.
    Decoy,
    /// This user was named. That they are the person in front of the browser is for the proofs to say.
    User(UserId),
}

/// What the person is about to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Flow {
    /// Sign in with what they have.
    SignIn,
    /// Make an account.
    Register(Box<Registration>),
    /// Choose a new password without the old one.
    Recover(Recovery),
    /// Lift the lock of their account.
    Unlock,
    /// Begin to use an account that an administrator made. They came by a link that only they got.
    Activate,
}

/// An account to be made once its address is verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Registration {
    pub(crate) login: String,
    pub(crate) email: String,
    /// Attributes by Okta's name, `login` and `email` among them.
    pub(crate) profile: std::collections::BTreeMap<String, String>,
    /// The address has an account already, so that none will be made. Its owner is told by email, nobody else.
    pub(crate) is_taken: bool,
}

/// A password reset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recovery {
    /// What was proved for the reset.
    pub(crate) proofs: Vec<Proof>,
    /// A link that only the owner of the account got began it.
    pub(crate) by_link: bool,
}

/// What is asked now.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Stage {
    /// Okta's `identify`.
    Identify,
    /// `identify-recovery`
    IdentifyForRecovery,
    /// `select-authenticator-unlock-account`
    IdentifyForUnlock,
    /// `enroll-profile`
    Profile,
    /// `select-authenticator-authenticate`
    Select,
    /// `authenticator-verification-data`: text message or call?
    ChoosePhoneMethod,
    /// `challenge-authenticator`
    Challenge(Challenge),
    /// `select-authenticator-enroll`
    SelectSetUp,
    /// `authenticator-enrollment-data`: which number?
    PhoneNumber,
    /// `enroll-authenticator`
    SetUp(SetUp),
    /// `reset-authenticator`
    ResetPassword,
    /// `reenroll-authenticator`
    ReplaceExpiredPassword,
    /// `keep-me-signed-in`
    KeepMeSignedIn,
    /// Nothing can be done here but to leave or begin again.
    Terminal,
    /// The person is signed in, and nothing more can be got from this interaction.
    Complete,
}

/// A question to an enrolled authenticator.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Challenge {
    Password,
    /// A code was sent by this method.
    Sent(Method, SentCode),
    /// A time-based code is asked for.
    Totp(Method),
    Webauthn {
        /// base64url
        challenge: String,
    },
    SecurityQuestion,
}

impl Challenge {
    pub(crate) const fn method(&self) -> Method {
        match self {
            Self::Password => Method::Password,
            Self::Sent(method, _) | Self::Totp(method) => *method,
            Self::Webauthn { .. } => Method::Webauthn,
            Self::SecurityQuestion => Method::SecurityQuestion,
        }
    }
}

/// An authenticator that is being set up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum SetUp {
    Password,
    /// The address of the profile is to be verified by this code.
    Email(SentCode),
    Phone {
        number: PhoneNumber,
        method: Method,
        code: SentCode,
    },
    /// The key that the app and the org will share, sealed.
    Totp {
        key: AuthenticatorKey,
        secret: SealedTotpSecret,
    },
    Webauthn {
        /// base64url
        challenge: String,
    },
    SecurityQuestion,
}

impl SetUp {
    pub(crate) const fn key(&self) -> AuthenticatorKey {
        match self {
            Self::Password => AuthenticatorKey::OktaPassword,
            Self::Email(_) => AuthenticatorKey::OktaEmail,
            Self::Phone { .. } => AuthenticatorKey::PhoneNumber,
            Self::Totp { key, .. } => *key,
            Self::Webauthn { .. } => AuthenticatorKey::Webauthn,
            Self::SecurityQuestion => AuthenticatorKey::SecurityQuestion,
        }
    }
}

/// A code on its way to a person; only its digest is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SentCode {
    pub(crate) digest: CodeDigest,
    pub(crate) sent_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl State {
    /// Where every sign-in begins.
    pub(crate) const fn begin(
        suggestion: Option<String>,
        passkey_challenge: String,
        now: Timestamp,
    ) -> Self {
        Self {
            began_at: now,
            stage: Stage::Identify,
            flow: Flow::SignIn,
            identifier: suggestion,
            who: Who::Nobody,
            keep_me_signed_in: false,
            passkey_challenge,
            proofs: Vec::new(),
            last_use: None,
            set_up: Vec::new(),
            has_skipped: false,
            has_answered_keep_me_signed_in: false,
            wrong_codes: 0,
            codes_sent: 0,
            notices: Vec::new(),
            trail: Vec::new(),
        }
    }

    /// Whether nobody has answered anything yet, or whoever did began again.
    pub(crate) fn is_untouched(&self) -> bool {
        matches!(self.stage, Stage::Identify)
            && self.who == Who::Nobody
            && self.flow == Flow::SignIn
    }

    /// Whom it is about, once somebody was named.
    pub(crate) const fn user(&self) -> Option<&UserId> {
        match &self.who {
            Who::User(user) => Some(user),
            Who::Nobody | Who::Decoy => None,
        }
    }

    /// Whether nothing can be got from it any more.
    pub(crate) const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Complete)
    }
}
