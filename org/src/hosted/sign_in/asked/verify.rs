use super::Asked;
use crate::authenticator::Method;
use crate::hosted::sign_in::form::{Field, Form, Kind};
use crate::hosted::sign_in::passkey::Passkey;
use crate::hosted::sign_in::step::{Part, Step};
use crate::interaction::{Current, Detail};

impl Asked<'_> {
    /// A question to an authenticator that the person is enrolled in.
    pub(super) fn challenge(&mut self) -> Step {
        let Some(current) = self.current().cloned() else {
            return self.ending();
        };
        let method = current.method.unwrap_or(Method::Password);
        let step = match method {
            Method::Password => self.verify_password(),
            Method::Webauthn => self.verify_passkey(),
            Method::SecurityQuestion => self.verify_question(&current),
            Method::Email | Method::Sms | Method::Voice | Method::Otp | Method::Totp => {
                self.verify_code(method, &current)
            }
        };
        let step = step
            .way_if(current.may_resend, "resend", "Send again")
            .way_if(current.may_recover, "recover", "Forgot password?");
        self.with_other_methods(step, Some(method))
    }

    fn verify_password(&mut self) -> Step {
        let field = Field::new("password", "Password", Kind::Password, "current-password")
            .with_error(self.told.take("passcode"))
            .refused(self.told.is_refused());
        let form = Form::new("password", vec![field], "Verify").with_username(self.identity());
        Step::new("Verify with your password")
            .about(self.identity())
            .form(form)
    }

    fn verify_code(&mut self, method: Method, current: &Current) -> Step {
        let hint = current.hint.as_deref();
        let (title, lead) = match method {
            Method::Email => ("Verify with your email", email_lead(hint)),
            Method::Sms => (
                "Verify with your phone",
                format!(
                    "A code was sent to {}. Enter it below to verify.",
                    hint.unwrap_or("your phone")
                ),
            ),
            Method::Voice => (
                "Verify with your phone",
                format!(
                    "We are calling {}. Enter the code that you hear below to verify.",
                    hint.unwrap_or("your phone")
                ),
            ),
            Method::Otp => (
                "Verify with Google Authenticator",
                app_lead("Google Authenticator"),
            ),
            _ => ("Verify with Okta Verify", app_lead("Okta Verify")),
        };
        let form = Form::new("code", vec![self.code()], "Verify");
        Step::new(title)
            .about(self.identity())
            .lead(lead)
            .form(form)
    }

    /// The field for a one-time code.
    pub(super) fn code(&mut self) -> Field {
        Field::new("code", "Enter Code", Kind::Code, "one-time-code")
            // Codes are often shown with a space in the middle.
            .with_max_length(12)
            .with_error(self.told.take("passcode"))
    }

    fn verify_passkey(&mut self) -> Step {
        let step = Step::new("Verify with a passkey")
            .about(self.identity())
            .lead("Your browser will ask for your fingerprint, face, PIN or security key.");
        match self.ceremony.take() {
            Some(ceremony) => step.part(Part::Passkey(Passkey::of_somebody(ceremony))),
            None => step,
        }
    }

    fn verify_question(&mut self, current: &Current) -> Step {
        let question = match &current.detail {
            Detail::Question { text, .. } => text.clone(),
            _ => "Your answer".to_owned(),
        };
        let field = Field::new("answer", question, Kind::Text, "off")
            .with_error(self.told.take("passcode"));
        Step::new("Verify with your Security Question")
            .about(self.identity())
            .form(Form::new("answer", vec![field], "Verify"))
    }
}

fn email_lead(address: Option<&str>) -> String {
    let sent = match address {
        Some(address) => format!("We sent an email to {address}."),
        None => "We sent you an email.".to_owned(),
    };
    format!("{sent} Click the verification link in your email or enter the code below.")
}

fn app_lead(app: &str) -> String {
    format!("Enter the temporary code generated in your {app} app.")
}
