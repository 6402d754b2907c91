//! The judge, who knows nothing of the engine.

use super::super::face::Question;

/// What was proved of whom, since the interaction began or began again.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent of one another"
)]
pub(super) struct Judge {
    pub(super) who: Option<String>,
    /// Their account is suspended at the moment.
    pub(super) is_suspended: bool,
    pub(super) knows_password: bool,
    has_email: bool,
    has_phone: bool,
    pub(super) is_recovering: bool,
}

impl Judge {
    /// Whether this is somebody who may sign in: those whose account is open, and those who register with their own address.
    pub(super) fn may_sign_in(&self) -> bool {
        let is_open = |who: &str| matches!(who, "ann" | "cat" | "fay") || who.starts_with("new");
        self.who.as_deref().is_some_and(is_open) && !self.is_suspended
    }

    pub(super) fn has_something(&self) -> bool {
        self.has_email || self.has_phone
    }

    /// Whether it is enough for this app.
    pub(super) fn is_enough(&self, app: &str) -> bool {
        let is_enough = match app {
            "Pwd" => self.knows_password,
            "One" | "Free" => self.knows_password || self.has_something(),
            _ => self.knows_password && self.has_something(),
        };
        is_enough && self.may_sign_in() && !self.is_recovering
    }

    /// Whether a new password may be chosen in place of a forgotten one.
    pub(super) fn may_reset(&self) -> bool {
        self.is_recovering && self.has_something()
    }

    /// Takes note of an answer that is right, to the question that was asked.
    pub(super) fn prove(&mut self, question: &Question) {
        if !self.may_sign_in() {
            return;
        }
        match question {
            Question::Answer(method) => match method.as_str() {
                "password" => self.knows_password = true,
                "email" => self.has_email = true,
                "sms" | "voice" => self.has_phone = true,
                _ => {}
            },
            Question::New(key) if key == "okta_email" => self.has_email = true,
            _ => {}
        }
    }

    /// The password was forgotten: what was proved for the sign-in does not count for the recovery.
    pub(super) fn recover(&mut self) {
        *self = Self {
            who: self.who.take(),
            is_suspended: self.is_suspended,
            is_recovering: true,
            ..Self::default()
        };
    }

    /// A new password was chosen. What was proved for the recovery counts for the sign-in as well.
    pub(super) fn reset(&mut self) {
        self.is_recovering = false;
        self.knows_password = true;
    }
}
