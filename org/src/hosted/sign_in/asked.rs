//! From what the engine asks to a page: one function for each question.

mod choose;
mod first;
mod new_password;
mod profile;
mod set_up;
mod verify;

use super::form::Form;
use super::passkey::Ceremony;
use super::step::{Part, Step};
use super::told::Told;
use crate::interaction::{Current, Flow, Offer, Remediation, Screen, State, World};
use crate::oauth::parameters::Parameters;

/// What a page is made from.
pub(super) struct Asked<'a> {
    pub(super) screen: &'a Screen,
    pub(super) state: &'a State,
    pub(super) world: &'a World,
    pub(super) told: Told,
    /// What was typed into the form that this page repeats; secrets are not put back.
    pub(super) typed: &'a Parameters,
    /// What a passkey is asked, in the browser's own words.
    pub(super) ceremony: Option<Ceremony>,
    /// The key of an authenticator app that is being set up.
    pub(super) app_key: Option<super::step::AppKey>,
    /// Where the person can go when there is no way on.
    pub(super) way_out: String,
}

impl Asked<'_> {
    /// The page of the present question.
    pub(super) fn step(&mut self) -> Step {
        let step = match self.screen.remediations.first() {
            None => self.ending(),
            Some(Remediation::Identify { .. }) => return self.first_page(),
            Some(question) => self.question(&question.clone()),
        };
        step.way("restart", "Back to sign in")
    }

    fn question(&mut self, question: &Remediation) -> Step {
        match question {
            Remediation::IdentifyRecovery { suggestion } => self.recovery(suggestion.as_deref()),
            Remediation::EnrollProfile(attributes) => self.profile(attributes),
            Remediation::SelectAuthenticatorUnlockAccount(offers) => self.unlock(offers),
            Remediation::SelectAuthenticatorAuthenticate(offers) => self.select(offers),
            Remediation::AuthenticatorVerificationData(offer) => self.phone_method(offer),
            Remediation::ChallengeAuthenticator => self.challenge(),
            Remediation::SelectAuthenticatorEnroll(offers) => self.select_set_up(offers),
            Remediation::AuthenticatorEnrollmentData(offer) => self.phone_number(offer),
            Remediation::EnrollAuthenticator => self.set_up(),
            Remediation::ReenrollAuthenticator => self.expired_password(),
            Remediation::ResetAuthenticator => self.reset_password(),
            Remediation::KeepMeSignedIn => self.stay_signed_in(),
            // None of these is ever the question itself.
            Remediation::Identify { .. }
            | Remediation::SelectIdentify
            | Remediation::SelectEnrollProfile
            | Remediation::UnlockAccount
            | Remediation::Skip => self.ending(),
        }
    }

    /// The end of the way: what happened stands above.
    fn ending(&self) -> Step {
        let title = match self.state.flow {
            Flow::Register(_) => "Sign up",
            Flow::Recover(_) => "Reset your password",
            Flow::Unlock => "Unlock account",
            Flow::SignIn | Flow::Activate => "Sign in",
        };
        Step::new(title)
            .about(self.identity())
            .part(Part::Leave(self.way_out.clone()))
    }

    fn stay_signed_in(&self) -> Step {
        use super::form::Button;
        let mut form = Form::new("keep", Vec::new(), "Stay signed in");
        form.buttons = vec![
            Button::choice("Stay signed in", "keep_me_signed_in", "true".to_owned()),
            Button::choice(
                "Don't stay signed in",
                "keep_me_signed_in",
                "false".to_owned(),
            )
            .quiet(),
        ];
        Step::new("Keep me signed in")
            .about(self.identity())
            .lead("Stay signed in on this device, so that you are asked less often. Do it on devices of your own only.")
            .form(form)
    }

    /// Whom the page is about.
    fn identity(&self) -> Option<&str> {
        self.screen.identifier.as_deref()
    }

    fn current(&self) -> Option<&Current> {
        self.screen.current.as_ref()
    }

    fn offers(&self) -> &[Offer] {
        let mut offers = self.screen.remediations.iter().skip(1);
        offers
            .find_map(|remediation| match remediation {
                Remediation::SelectAuthenticatorAuthenticate(offers)
                | Remediation::SelectAuthenticatorEnroll(offers) => Some(offers.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    }

    fn offers_way(&self, way: &Remediation) -> bool {
        self.screen.remediations.contains(way)
    }
}
