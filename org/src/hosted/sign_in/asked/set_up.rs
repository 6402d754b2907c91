use super::Asked;
use super::choose::buttons_for;
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::security_question::{CUSTOM, QUESTIONS};
use crate::hosted::sign_in::form::{Field, Form, Kind};
use crate::hosted::sign_in::passkey::Passkey;
use crate::hosted::sign_in::step::{Part, Step};
use crate::interaction::{Current, Offer};

impl Asked<'_> {
    /// An authenticator that is being set up.
    pub(super) fn set_up(&mut self) -> Step {
        let Some(current) = self.current().cloned() else {
            return self.ending();
        };
        let step = match current.key {
            AuthenticatorKey::OktaPassword => self.set_up_password(),
            AuthenticatorKey::OktaEmail => self.set_up_email(&current),
            AuthenticatorKey::PhoneNumber => self.set_up_phone(&current),
            AuthenticatorKey::GoogleOtp => self.set_up_app("Set up Google Authenticator"),
            AuthenticatorKey::OktaVerify => self.set_up_app("Set up Okta Verify"),
            AuthenticatorKey::Webauthn => self.set_up_passkey(),
            AuthenticatorKey::SecurityQuestion => self.set_up_question(),
        };
        let step = step.way_if(current.may_resend, "resend", "Send again");
        self.with_other_set_ups(step, current.key)
    }

    fn set_up_email(&mut self, current: &Current) -> Step {
        let address = current.hint.as_deref().unwrap_or("your address");
        let lead = format!(
            "We sent an email to {address}. Click the verification link in your email or enter the code below."
        );
        Step::new("Verify with your email")
            .about(self.identity())
            .lead(lead)
            .form(Form::new("code", vec![self.code()], "Verify"))
    }

    /// Which number?
    pub(super) fn phone_number(&mut self, offer: &Offer) -> Step {
        let field = Field::new("phoneNumber", "Phone number", Kind::Telephone, "tel")
            .with_max_length(30)
            .with_hint("With + and the country code, such as +1 555 123 4567")
            .with_value(self.typed.get("phoneNumber"))
            .with_error(self.told.take("phoneNumber"));
        let mut form = Form::new("choose", vec![field], "");
        form.buttons = buttons_for(offer);
        let step = Step::new("Set up phone authentication")
            .about(self.identity())
            .lead("Enter your phone number to receive a verification code.")
            .form(form);
        self.with_other_set_ups(step, AuthenticatorKey::PhoneNumber)
    }

    fn set_up_phone(&mut self, current: &Current) -> Step {
        let number = current.hint.as_deref().unwrap_or("your phone");
        Step::new("Set up phone authentication")
            .about(self.identity())
            .lead(format!("A code was sent to {number}. Enter it below."))
            .form(Form::new("code", vec![self.code()], "Verify"))
    }

    fn set_up_app(&mut self, title: &'static str) -> Step {
        let step = Step::new(title).about(self.identity());
        let step = match self.app_key.take() {
            Some(key) => step.part(Part::App(key)),
            None => step,
        };
        let field = self.code();
        let (is_wrong, form) = (field.is_wrong(), Form::new("code", vec![field], "Verify"));
        // The focus would scroll the picture away, which comes first.
        if is_wrong {
            step.form(form)
        } else {
            step.part(Part::Form(form))
        }
    }

    fn set_up_passkey(&mut self) -> Step {
        let step = Step::new("Set up a passkey")
            .about(self.identity())
            .lead("Your browser will ask where to keep the passkey: on this device, on your phone, or on a security key.");
        match self.ceremony.take() {
            Some(ceremony) => step.part(Part::Passkey(Passkey::new_one(ceremony))),
            None => step,
        }
    }

    fn set_up_question(&mut self) -> Step {
        let mut options = QUESTIONS.to_vec();
        options.push((CUSTOM, "A question of my own"));
        let mut own = Field::new("own_question", "Your own question", Kind::Text, "off")
            .optional()
            .with_hint("Only if you chose a question of your own")
            .with_value(self.typed.get("own_question"));
        own.is_for_custom_option = true;
        let fields = vec![
            Field::new(
                "question",
                "Choose a security question",
                Kind::Options(options),
                "off",
            )
            .with_value(self.typed.get("question"))
            .with_error(self.told.take("question")),
            own,
            Field::new("answer", "Answer", Kind::Text, "off")
                .with_hint("At least 4 characters, and no part of the question")
                .with_error(self.told.take("answer")),
        ];
        Step::new("Set up security question")
            .about(self.identity())
            .form(Form::new("question", fields, "Verify"))
    }
}
