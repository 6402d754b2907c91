//! What a face shows: the questions that can be answered now. It decides nothing; it reads the state and the plan.

mod current;
mod ways;

use model::EnrollmentId;

use super::plan::{Plan, plan};
use super::{Account, Notice, State, World};
use crate::authenticator::totp::SealedTotpSecret;
use crate::authenticator::{AuthenticatorKey, Method};
use crate::policy::{PasswordPolicy, ProfileAttribute};

/// Everything about the present step.
#[derive(Debug, Clone)]
pub(crate) struct Screen {
    /// The first is the question itself, the others are ways around it.
    pub(crate) remediations: Vec<Remediation>,
    /// The authenticator that the question is about.
    pub(crate) current: Option<Current>,
    /// Whom it is about, as they named themselves.
    pub(crate) identifier: Option<String>,
    pub(crate) notices: Vec<Notice>,
}

/// A question, by Okta's name for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Remediation {
    Identify {
        suggestion: Option<String>,
        with_password: bool,
        /// Present where a passkey may be used without a username.
        passkey_challenge: Option<String>,
    },
    IdentifyRecovery {
        suggestion: Option<String>,
    },
    SelectIdentify,
    SelectEnrollProfile,
    EnrollProfile(Vec<ProfileAttribute>),
    UnlockAccount,
    SelectAuthenticatorUnlockAccount(Vec<Offer>),
    SelectAuthenticatorAuthenticate(Vec<Offer>),
    AuthenticatorVerificationData(Offer),
    ChallengeAuthenticator,
    SelectAuthenticatorEnroll(Vec<Offer>),
    AuthenticatorEnrollmentData(Offer),
    EnrollAuthenticator,
    ReenrollAuthenticator,
    ResetAuthenticator,
    KeepMeSignedIn,
    Skip,
}

/// An authenticator that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) key: AuthenticatorKey,
    pub(crate) methods: Vec<Method>,
    pub(crate) enrollment: Option<EnrollmentId>,
    /// Where a code would go, mostly hidden.
    pub(crate) hint: Option<String>,
}

/// The authenticator of the question.
#[derive(Debug, Clone)]
pub(crate) struct Current {
    pub(crate) key: AuthenticatorKey,
    pub(crate) method: Option<Method>,
    pub(crate) enrollment: Option<EnrollmentId>,
    /// Whether the person is enrolled in it; else it is being set up.
    pub(crate) is_enrolled: bool,
    /// Where a code was sent, mostly hidden.
    pub(crate) hint: Option<String>,
    /// Whether another code may be asked for.
    pub(crate) may_resend: bool,
    /// Whether the password can be replaced from here.
    pub(crate) may_recover: bool,
    pub(crate) detail: Detail,
}

/// What is particular about an authenticator.
#[derive(Debug, Clone)]
pub(crate) enum Detail {
    None,
    /// The rules for a new password.
    NewPassword(Box<PasswordPolicy>),
    /// The key to be shown to an app, sealed.
    Totp {
        secret: SealedTotpSecret,
    },
    /// What a passkey is to sign; the ids of those that may.
    SignIn {
        challenge: String,
        credentials: Vec<String>,
    },
    /// What a new passkey is to sign; the ids of those that are there.
    NewPasskey {
        challenge: String,
        credentials: Vec<String>,
    },
    /// The question that its owner chose: key and text.
    Question {
        key: String,
        text: String,
    },
    /// A question is to be chosen.
    NewQuestion,
}

impl Screen {
    pub(crate) fn of(state: &State, world: &World) -> Self {
        let view = View { state, world };
        Self {
            remediations: view.remediations(),
            current: view.current(),
            identifier: view.identifier(),
            notices: state.notices.clone(),
        }
    }
}

struct View<'a> {
    state: &'a State,
    world: &'a World,
}

impl View<'_> {
    /// Whoever began by a session typed nothing.
    fn identifier(&self) -> Option<String> {
        let known = || {
            let account = self.account().filter(|_| !self.state.proofs.is_empty())?;
            Some(account.profile.login.clone())
        };
        self.state.identifier.clone().or_else(known)
    }

    fn account(&self) -> Option<&Account> {
        self.world.account.as_ref()
    }

    fn plan(&self) -> Option<Plan> {
        self.account()
            .map(|account| plan(self.state, account, self.world).plan)
    }
}
