use super::Asked;
use crate::authenticator::password::requirements::sentences;
use crate::hosted::sign_in::form::{Field, Form, Kind};
use crate::hosted::sign_in::step::{Part, Step};
use crate::interaction::{Detail, rules_of};

impl Asked<'_> {
    /// The first password of an account.
    pub(super) fn set_up_password(&mut self) -> Step {
        let step = Step::new("Set up password").about(self.identity());
        self.with_new_password(step, "Next", Vec::new())
    }

    pub(super) fn reset_password(&mut self) -> Step {
        let step = Step::new("Reset your password")
            .about(self.identity())
            .lead("You will be signed out everywhere else.");
        self.with_new_password(step, "Reset Password", Vec::new())
    }

    pub(super) fn expired_password(&mut self) -> Step {
        let others = Field::checkbox("end_sessions", "Sign me out of all other devices", false);
        let step = Step::new("Your password has expired")
            .about(self.identity())
            .lead("Choose a new one to go on.");
        self.with_new_password(step, "Change Password", vec![others])
    }

    fn with_new_password(&mut self, step: Step, button: &'static str, more: Vec<Field>) -> Step {
        let step = match self.current().map(|current| &current.detail) {
            Some(Detail::NewPassword(policy)) => {
                step.part(Part::Rules(sentences(&rules_of(policy))))
            }
            _ => step,
        };
        let new = |name, label| Field::new(name, label, Kind::Password, "new-password");
        let mut fields = vec![
            new("password", "New password").with_error(self.told.take("passcode")),
            new("confirm", "Re-enter password").with_error(self.told.take("confirm")),
        ];
        fields.extend(more);
        let form = Form::new("new-password", fields, button).with_username(self.identity());
        step.form(form)
    }
}
