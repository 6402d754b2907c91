use model::EnrollmentId;
use secrecy::{ExposeSecret as _, SecretString};

use super::code;
use super::{AttemptKind, Challenge, Effect, Flow, Message, NotExpected, SetUp, Stage, Turn};
use crate::authenticator::catalog::UserVerification;
use crate::authenticator::totp::TotpOutcome;
use crate::authenticator::webauthn;
use crate::authenticator::{EnrollmentKind, Method};
use crate::interaction::{Assertion, Occasion, World};

impl Turn<'_> {
    /// Asks for this method, and sends what has to be sent.
    pub(super) fn challenge(&mut self, method: Method) {
        let challenge = match method {
            Method::Password => Challenge::Password,
            Method::Email | Method::Sms | Method::Voice => match self.send_code(method) {
                Some(code) => Challenge::Sent(method, code),
                None => return,
            },
            Method::Otp | Method::Totp => Challenge::Totp(method),
            Method::Webauthn => Challenge::Webauthn {
                challenge: code::challenge(self.materials.entropy),
            },
            Method::SecurityQuestion => Challenge::SecurityQuestion,
        };
        self.state.stage = Stage::Challenge(challenge);
    }

    pub(super) const fn occasion(&self) -> Occasion {
        match self.state.flow {
            Flow::SignIn | Flow::Activate => Occasion::SignIn,
            Flow::Recover(_) => Occasion::Recover,
            Flow::Unlock => Occasion::Unlock,
            Flow::Register(_) => Occasion::Register,
        }
    }

    /// Something typed: what it means is for the present question to say.
    pub(super) fn passcode(&mut self, passcode: &SecretString) -> Result<(), NotExpected> {
        if passcode.expose_secret().trim().is_empty() {
            self.tell_at("passcode", Message::Blank);
            return Ok(());
        }
        match self.state.stage.clone() {
            Stage::Challenge(Challenge::Password) => self.answer_password(),
            Stage::Challenge(Challenge::Sent(method, sent)) => {
                if self.is_code(&sent, passcode) {
                    self.clear_failures(AttemptKind::Code);
                    self.accept(method);
                }
            }
            Stage::Challenge(Challenge::Totp(method)) => self.answer_totp(method, passcode),
            Stage::Challenge(Challenge::SecurityQuestion) => self.answer_question(),
            Stage::SetUp(SetUp::Password)
            | Stage::ResetPassword
            | Stage::ReplaceExpiredPassword => self.new_password(passcode, false)?,
            Stage::SetUp(set_up) => self.answer_set_up(set_up, passcode)?,
            _ => return Err(NotExpected),
        }
        Ok(())
    }

    fn answer_totp(&mut self, method: Method, passcode: &SecretString) {
        match self.check_totp(method, passcode) {
            Some((enrollment, TotpOutcome::Accepted { step })) => {
                self.effects.push(Effect::UseTotpStep { enrollment, step });
                self.clear_failures(AttemptKind::Code);
                self.accept(method);
            }
            Some((_, TotpOutcome::Used)) => self.wrong_code(Message::UsedTotp),
            Some((_, TotpOutcome::Wrong)) | None => self.wrong_code(Message::WrongTotp),
        }
    }

    fn check_totp(
        &self,
        method: Method,
        passcode: &SecretString,
    ) -> Option<(EnrollmentId, TotpOutcome)> {
        if self.is_barred() {
            return None;
        }
        let account = self.account.as_ref()?;
        let enrollment = account.enrollment(method.authenticator())?;
        let EnrollmentKind::Totp { secret, last_step } = &enrollment.kind else {
            return None;
        };
        let user = account.id.as_ref()?;
        let secret = secret
            .open(self.materials.sealer, user, enrollment.key)
            .inspect_err(|error| tracing::error!(%error, "the key of a time-based code is lost"))
            .ok()?;
        let outcome = secret.check(passcode.expose_secret(), self.world.now, *last_step);
        Some((enrollment.id.clone(), outcome))
    }

    fn answer_question(&mut self) {
        let matched = self.evidence.matches.clone();
        let is_right = matched.is_some_and(|matched| Some(matched.user) == self.user());
        if is_right && !self.is_barred() {
            self.clear_failures(AttemptKind::Code);
            self.accept(Method::SecurityQuestion);
        } else {
            self.wrong_code(Message::WrongAnswer);
        }
    }

    /// The signature of a passkey of the person who was named.
    pub(super) fn assertion(&mut self, assertion: &Assertion) -> Result<(), NotExpected> {
        let Stage::Challenge(Challenge::Webauthn { challenge }) = self.state.stage.clone() else {
            return Err(NotExpected);
        };
        // A challenge is answered once, rightly or not.
        self.challenge(Method::Webauthn);
        let verification = World::USER_VERIFICATION;
        if self.is_signed(&challenge, assertion, verification) {
            self.accept(Method::Webauthn);
        } else {
            self.wrong_code(Message::WebauthnFailed);
        }
        Ok(())
    }

    /// Verifies a signature with the person's passkeys.
    pub(super) fn is_signed(
        &mut self,
        challenge: &str,
        assertion: &Assertion,
        verification: UserVerification,
    ) -> bool {
        if self.is_barred() {
            return false;
        }
        let Some(account) = &self.account else {
            return false;
        };
        let outcome = webauthn::verify_assertion(
            self.materials.relying_party,
            challenge,
            verification,
            account.id.as_ref(),
            &account.enrollments,
            assertion,
        );
        match outcome {
            Ok(used) => {
                self.effects.push(Effect::UsePasskey {
                    enrollment: used.enrollment,
                    credential: used.credential,
                });
                true
            }
            Err(refusal) => {
                tracing::info!(%refusal, "a passkey was refused");
                false
            }
        }
    }
}
