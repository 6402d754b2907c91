use super::{AttemptKind, Flow, Message, NotExpected, Stage, Turn, Who};
use crate::authenticator::Method;
use crate::authenticator::catalog::UserVerification;
use crate::interaction::{Assertion, Recovery};

/// As long as a login may be at Okta.
const MAX_IDENTIFIER: usize = 100;

impl Turn<'_> {
    /// A username. Every one leads on, so that the next page does not tell whether there is such a user.
    pub(super) fn identify(
        &mut self,
        identifier: &str,
        with_password: bool,
        keep_me_signed_in: bool,
    ) -> Result<(), NotExpected> {
        let flow = match self.state.stage {
            Stage::Identify => Flow::SignIn,
            Stage::IdentifyForRecovery => Flow::Recover(Recovery::default()),
            _ => return Err(NotExpected),
        };
        let identifier = identifier.trim();
        if identifier.is_empty() {
            self.tell_at("identifier", Message::Blank);
            return Ok(());
        }
        if identifier.chars().count() > MAX_IDENTIFIER {
            self.tell_at("identifier", Message::InvalidValue);
            return Ok(());
        }
        self.state.identifier = Some(identifier.to_owned());
        self.state.keep_me_signed_in = keep_me_signed_in;
        self.state.flow = flow;
        self.state.who = self.named();
        if with_password && self.state.flow == Flow::SignIn {
            self.identify_with_password();
        } else {
            self.go_on();
        }
        Ok(())
    }

    /// Whom the answer names. The world was read for it.
    pub(super) fn named(&self) -> Who {
        match &self.account {
            None => Who::Nobody,
            Some(account) => account.id.clone().map_or(Who::Decoy, Who::User),
        }
    }

    /// Both on one page: when the password is not it, the page stays.
    fn identify_with_password(&mut self) {
        if self.is_password_right() {
            self.clear_failures(AttemptKind::Password);
            self.rehash();
            self.accept(Method::Password);
        } else {
            self.count_failure(AttemptKind::Password);
            self.state.who = Who::Nobody;
            self.state.stage = Stage::Identify;
            self.tell(Message::AuthenticationFailed);
        }
    }

    /// A passkey that brings its user along.
    pub(super) fn identify_by_passkey(&mut self, assertion: &Assertion) -> Result<(), NotExpected> {
        if !matches!(self.state.stage, Stage::Identify) {
            return Err(NotExpected);
        }
        self.state.flow = Flow::SignIn;
        self.state.who = self.named();
        let challenge = self.state.passkey_challenge.clone();
        // One use, whatever comes of it.
        self.state.passkey_challenge = super::code::challenge(self.materials.entropy);
        if self.is_signed(&challenge, assertion, UserVerification::Required) {
            self.state.identifier = self
                .account
                .as_ref()
                .map(|account| account.profile.login.clone());
            self.accept(Method::Webauthn);
        } else {
            self.state.who = Who::Nobody;
            self.tell(Message::WebauthnFailed);
        }
        Ok(())
    }
}
