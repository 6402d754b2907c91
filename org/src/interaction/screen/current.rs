//! The authenticator that the question is about.

use super::{Current, Detail, View};
use crate::authenticator::phone::PhoneNumber;
use crate::authenticator::{AuthenticatorKey, EnrollmentKind, Method};
use crate::interaction::{Account, Challenge, Flow, SetUp, Stage};
use crate::policy::Access;

impl View<'_> {
    pub(super) fn current(&self) -> Option<Current> {
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
    pub(super) fn hint(&self, account: &Account, key: AuthenticatorKey) -> Option<String> {
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
