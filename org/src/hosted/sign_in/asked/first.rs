use super::Asked;
use crate::hosted::sign_in::form::{Button, Field, Form, Kind};
use crate::hosted::sign_in::passkey::Passkey;
use crate::hosted::sign_in::step::{Part, Step};
use crate::interaction::{Flow, Offer, Remediation};
use crate::policy::Access;

/// As long as a login may be.
const MAX_IDENTIFIER: u16 = 100;

impl Asked<'_> {
    /// Who are you? With the password on the same page, where every policy asks for one.
    pub(super) fn first_page(&mut self) -> Step {
        let Some(Remediation::Identify {
            suggestion,
            with_password,
            ..
        }) = self.screen.remediations.first()
        else {
            return self.ending();
        };
        let mut fields = vec![self.identifier(suggestion.as_deref())];
        if *with_password {
            let password = Field::new("password", "Password", Kind::Password, "current-password");
            fields.push(
                password
                    .with_error(self.told.take("passcode"))
                    .refused(self.told.is_refused()),
            );
        }
        let keep = self.state.keep_me_signed_in;
        fields.push(Field::checkbox(
            "keep_me_signed_in",
            "Keep me signed in",
            keep,
        ));
        let button = if *with_password { "Sign in" } else { "Next" };
        let mut step = Step::new("Sign in").form(Form::new("identify", fields, button));
        if let Some(ceremony) = self.ceremony.take() {
            step = step.part(Part::Passkey(Passkey::without_username(ceremony)));
        }
        step.way_if(
            *with_password && self.may_reset(),
            "recover",
            "Forgot password?",
        )
        .way_if(
            self.offers_way(&Remediation::UnlockAccount),
            "unlock",
            "Unlock account?",
        )
        .way_if(
            self.offers_way(&Remediation::SelectEnrollProfile),
            "register",
            "Sign up",
        )
    }

    /// The field for the username.
    fn identifier(&mut self, suggestion: Option<&str>) -> Field {
        // A browser offers passkeys where it finds this word.
        let autocomplete = if self.ceremony.is_some() {
            "username webauthn"
        } else {
            "username"
        };
        Field::new("identifier", "Username", Kind::Name, autocomplete)
            .with_max_length(MAX_IDENTIFIER)
            .with_value(self.typed.get("identifier").or(suggestion))
            .with_error(self.told.take("identifier"))
            .refused(self.told.is_refused())
    }

    /// Whether a forgotten password can be replaced from here. The same for everybody, so that it does not tell who exists.
    pub(super) fn may_reset(&self) -> bool {
        let policy = self.world.policies.password(self.world.nobody()).outcome;
        self.state.flow == Flow::SignIn
            && policy.self_service_password_reset.access == Access::Allow
    }

    /// Whose password is to be reset?
    pub(super) fn recovery(&mut self, suggestion: Option<&str>) -> Step {
        let fields = vec![self.identifier(suggestion)];
        Step::new("Reset your password")
            .lead("Enter your username. Then prove by another method that the account is yours.")
            .form(Form::new("identify", fields, "Next"))
    }

    /// Username and method in one go, as the lock of an account is lifted.
    pub(super) fn unlock(&mut self, offers: &[Offer]) -> Step {
        let suggestion = self.screen.identifier.clone();
        let fields = vec![self.identifier(suggestion.as_deref())];
        let mut form = Form::new("choose", fields, "");
        form.buttons = offers
            .iter()
            .flat_map(|offer| offer.methods.iter())
            .map(|method| {
                Button::choice(
                    super::choose::send_by(*method),
                    "choice",
                    super::choose::choice_of(*method),
                )
            })
            .collect();
        for button in form.buttons.iter_mut().skip(1) {
            button.is_main = false;
        }
        Step::new("Unlock account?")
            .lead("Enter your username, and choose how to prove that the account is yours.")
            .form(form)
    }
}
