//! What can be done now.

use super::{Offer, Remediation, View};
use crate::authenticator::{AuthenticatorKey, Method};
use crate::interaction::plan::Plan;
use crate::interaction::{Stage, Use};
use crate::policy::{Access, ProfileAttribute};

impl View<'_> {
    pub(super) fn remediations(&self) -> Vec<Remediation> {
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
}
