//! What a face shows: the questions that can be answered now. It decides nothing; it reads the state and the plan.

use model::EnrollmentId;

use super::Use;
use super::plan::{Plan, plan};
use super::{Account, Challenge, Flow, Notice, SetUp, Stage, State, World};
use crate::authenticator::phone::PhoneNumber;
use crate::authenticator::totp::SealedTotpSecret;
use crate::authenticator::{AuthenticatorKey, EnrollmentKind, Method};
use crate::policy::{Access, PasswordPolicy, ProfileAttribute};

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
            identifier: state.identifier.clone(),
            notices: state.notices.clone(),
        }
    }
}

struct View<'a> {
    state: &'a State,
    world: &'a World,
}

impl View<'_> {
    fn account(&self) -> Option<&Account> {
        self.world.account.as_ref()
    }

    fn plan(&self) -> Option<Plan> {
        self.account()
            .map(|account| plan(self.state, account, self.world).plan)
    }

    fn remediations(&self) -> Vec<Remediation> {
        match &self.state.stage {
            Stage::Identify => self.first_page(),
            Stage::IdentifyForRecovery => vec![
                Remediation::IdentifyRecovery {
                    suggestion: self.state.identifier.clone(),
                },
                Remediation::SelectIdentify,
            ],
            Stage::IdentifyForUnlock => {
                vec![Remediation::SelectAuthenticatorUnlockAccount(
                    self.unlock_offers(),
                )]
            }
            Stage::Profile => vec![
                Remediation::EnrollProfile(self.profile_attributes()),
                Remediation::SelectIdentify,
            ],
            Stage::Select => vec![Remediation::SelectAuthenticatorAuthenticate(self.offers())],
            Stage::ChoosePhoneMethod => self.choose_phone_method(),
            Stage::Challenge(_) => self.challenge(),
            Stage::SelectSetUp => {
                self.with_skip(Remediation::SelectAuthenticatorEnroll(self.set_up_offers()))
            }
            Stage::PhoneNumber => {
                self.with_set_up_choice(Remediation::AuthenticatorEnrollmentData(self.offer(
                    AuthenticatorKey::PhoneNumber,
                    &self.phone_methods(),
                    false,
                )))
            }
            Stage::SetUp(_) => self.with_set_up_choice(Remediation::EnrollAuthenticator),
            Stage::ResetPassword => vec![Remediation::ResetAuthenticator],
            Stage::ReplaceExpiredPassword => vec![Remediation::ReenrollAuthenticator],
            Stage::KeepMeSignedIn => vec![Remediation::KeepMeSignedIn],
            Stage::Terminal | Stage::Complete => Vec::new(),
        }
    }

    fn first_page(&self) -> Vec<Remediation> {
        let world = self.world;
        let has_passkeys = world.allows(Method::Webauthn, Use::SignIn);
        let mut list = vec![Remediation::Identify {
            suggestion: self.state.identifier.clone(),
            with_password: world.policies.every_global_session_asks_password(),
            passkey_challenge: has_passkeys.then(|| self.state.passkey_challenge.clone()),
        }];
        if world
            .policies
            .profile_enrollment(&world.app)
            .outcome
            .registration
        {
            list.push(Remediation::SelectEnrollProfile);
        }
        let password = world.policies.password(world.nobody()).outcome;
        if password.self_service_unlock == Access::Allow {
            list.push(Remediation::UnlockAccount);
        }
        list
    }

    fn profile_attributes(&self) -> Vec<ProfileAttribute> {
        self.world
            .policies
            .profile_enrollment(&self.world.app)
            .outcome
            .attributes
    }

    fn choose_phone_method(&self) -> Vec<Remediation> {
        let offers = self.offers();
        let phone = offers
            .iter()
            .find(|offer| offer.key == AuthenticatorKey::PhoneNumber)
            .cloned();
        let mut list: Vec<Remediation> = phone
            .map(Remediation::AuthenticatorVerificationData)
            .into_iter()
            .collect();
        if offers.len() > 1 {
            list.push(Remediation::SelectAuthenticatorAuthenticate(offers));
        }
        list
    }

    fn challenge(&self) -> Vec<Remediation> {
        let mut list = vec![Remediation::ChallengeAuthenticator];
        let offers = self.offers();
        if offers.len() > 1 || offers.iter().any(|offer| offer.methods.len() > 1) {
            list.push(Remediation::SelectAuthenticatorAuthenticate(offers));
        }
        list
    }

    fn with_skip(&self, first: Remediation) -> Vec<Remediation> {
        let mut list = vec![first];
        if matches!(self.plan(), Some(Plan::SetUp { may_skip: true, .. })) {
            list.push(Remediation::Skip);
        }
        list
    }

    fn with_set_up_choice(&self, first: Remediation) -> Vec<Remediation> {
        let mut list = self.with_skip(first);
        let offers = self.set_up_offers();
        if offers.len() > 1 {
            list.insert(1, Remediation::SelectAuthenticatorEnroll(offers));
        }
        list
    }

    /// What can be used now, one per authenticator.
    fn offers(&self) -> Vec<Offer> {
        let Some(Plan::Verify { methods, .. }) = self.plan() else {
            return Vec::new();
        };
        AuthenticatorKey::ALL
            .into_iter()
            .filter_map(|key| {
                let of_key: Vec<Method> = methods
                    .iter()
                    .copied()
                    .filter(|method| method.authenticator() == key)
                    .collect();
                (!of_key.is_empty()).then(|| self.offer(key, &of_key, true))
            })
            .collect()
    }

    fn set_up_offers(&self) -> Vec<Offer> {
        let Some(Plan::SetUp { keys, .. }) = self.plan() else {
            return Vec::new();
        };
        keys.into_iter()
            .map(|key| {
                let methods: Vec<Method> = key
                    .methods()
                    .iter()
                    .copied()
                    .filter(|method| self.world.is_method_active(*method))
                    .collect();
                self.offer(key, &methods, false)
            })
            .collect()
    }

    fn unlock_offers(&self) -> Vec<Offer> {
        let is_offered = |method: &Method| self.world.allows(*method, Use::Recovery);
        [AuthenticatorKey::OktaEmail, AuthenticatorKey::PhoneNumber]
            .into_iter()
            .filter_map(|key| {
                let methods: Vec<Method> =
                    key.methods().iter().copied().filter(is_offered).collect();
                (!methods.is_empty()).then(|| self.offer(key, &methods, false))
            })
            .collect()
    }

    fn phone_methods(&self) -> Vec<Method> {
        [Method::Sms, Method::Voice]
            .into_iter()
            .filter(|method| self.world.is_method_active(*method))
            .collect()
    }

    fn offer(&self, key: AuthenticatorKey, methods: &[Method], is_enrolled: bool) -> Offer {
        let account = self.account().filter(|_| is_enrolled);
        Offer {
            key,
            methods: methods.to_vec(),
            enrollment: account
                .and_then(|account| account.enrollment(key))
                .map(|enrollment| enrollment.id.clone()),
            hint: account.and_then(|account| self.hint(account, key)),
        }
    }

    fn current(&self) -> Option<Current> {
        match &self.state.stage {
            Stage::Challenge(challenge) => Some(self.challenged(challenge)),
            Stage::SetUp(set_up) => Some(self.being_set_up(set_up)),
            Stage::ResetPassword | Stage::ReplaceExpiredPassword => Some(self.new_password()),
            Stage::PhoneNumber => Some(Current {
                key: AuthenticatorKey::PhoneNumber,
                ..Self::plain(AuthenticatorKey::PhoneNumber, None)
            }),
            Stage::ChoosePhoneMethod => {
                let account = self.account()?;
                let key = AuthenticatorKey::PhoneNumber;
                Some(Current {
                    enrollment: account.enrollment(key).map(|found| found.id.clone()),
                    is_enrolled: true,
                    hint: self.hint(account, key),
                    ..Self::plain(key, None)
                })
            }
            _ => None,
        }
    }

    const fn plain(key: AuthenticatorKey, method: Option<Method>) -> Current {
        Current {
            key,
            method,
            enrollment: None,
            is_enrolled: false,
            hint: None,
            may_resend: false,
            may_recover: false,
            detail: Detail::None,
        }
    }

    fn challenged(&self, challenge: &Challenge) -> Current {
        let method = challenge.method();
        let key = method.authenticator();
        let account = self.account();
        let detail = match challenge {
            Challenge::Webauthn { challenge } => Detail::SignIn {
                challenge: challenge.clone(),
                credentials: self.credentials(),
            },
            Challenge::SecurityQuestion => self.question(),
            Challenge::Password | Challenge::Sent(..) | Challenge::Totp(_) => Detail::None,
        };
        Current {
            enrollment: account
                .and_then(|account| account.enrollment(key))
                .map(|enrollment| enrollment.id.clone()),
            is_enrolled: true,
            hint: account.and_then(|account| self.hint(account, key)),
            may_resend: matches!(challenge, Challenge::Sent(..)),
            may_recover: method == Method::Password && self.may_recover(),
            detail,
            ..Self::plain(key, Some(method))
        }
    }

    /// The same for everybody, so that it does not tell who exists.
    fn may_recover(&self) -> bool {
        let policy = self.world.policies.password(self.world.nobody()).outcome;
        matches!(self.state.flow, Flow::SignIn)
            && policy.self_service_password_reset.access == Access::Allow
    }

    fn being_set_up(&self, set_up: &SetUp) -> Current {
        let key = set_up.key();
        let (method, hint, detail) = match set_up {
            SetUp::Password => (Some(Method::Password), None, self.password_rules()),
            SetUp::Email(_) => {
                let address = self.account().map(|account| account.email().to_owned());
                (Some(Method::Email), address, Detail::None)
            }
            SetUp::Phone { number, method, .. } => {
                (Some(*method), Some(number.masked()), Detail::None)
            }
            SetUp::Totp { secret, .. } => {
                let secret = secret.clone();
                (None, None, Detail::Totp { secret })
            }
            SetUp::Webauthn { challenge } => {
                let detail = Detail::NewPasskey {
                    challenge: challenge.clone(),
                    credentials: self.credentials(),
                };
                (Some(Method::Webauthn), None, detail)
            }
            SetUp::SecurityQuestion => (Some(Method::SecurityQuestion), None, Detail::NewQuestion),
        };
        Current {
            hint,
            may_resend: matches!(set_up, SetUp::Email(_) | SetUp::Phone { .. }),
            detail,
            ..Self::plain(key, method.or_else(|| key.methods().first().copied()))
        }
    }

    fn new_password(&self) -> Current {
        Current {
            detail: self.password_rules(),
            is_enrolled: self.account().is_some_and(|account| account.has_password),
            ..Self::plain(AuthenticatorKey::OktaPassword, Some(Method::Password))
        }
    }

    fn password_rules(&self) -> Detail {
        self.account().map_or(Detail::None, |account| {
            let decision = self.world.policies.password(account.subject());
            Detail::NewPassword(Box::new(decision.outcome))
        })
    }

    fn credentials(&self) -> Vec<String> {
        let enrollments = self.account().map(|account| account.enrollments.as_slice());
        enrollments
            .unwrap_or_default()
            .iter()
            .filter_map(|enrollment| match &enrollment.kind {
                EnrollmentKind::Webauthn { credential } => Some(credential.wire_id()),
                _ => None,
            })
            .collect()
    }

    fn question(&self) -> Detail {
        let enrollment = self
            .account()
            .and_then(|account| account.enrollment(AuthenticatorKey::SecurityQuestion));
        match enrollment.map(|enrollment| &enrollment.kind) {
            Some(EnrollmentKind::SecurityQuestion { question, .. }) => Detail::Question {
                key: question.key.clone(),
                text: question.text.clone(),
            },
            _ => Detail::None,
        }
    }

    /// Where a code would go, mostly hidden. Before anything is proved an address is told only to somebody who typed it:
    /// otherwise it would tell who exists.
    fn hint(&self, account: &Account, key: AuthenticatorKey) -> Option<String> {
        match key {
            AuthenticatorKey::OktaEmail => {
                let address = account.address()?;
                let typed = self.state.identifier.as_deref().unwrap_or_default();
                let is_typed = typed.trim().eq_ignore_ascii_case(address.as_str());
                (is_typed || !self.state.proofs.is_empty()).then(|| address.masked())
            }
            AuthenticatorKey::PhoneNumber => account.phone_number().map(PhoneNumber::masked),
            _ => None,
        }
    }
}
