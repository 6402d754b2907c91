use secrecy::{ExposeSecret as _, SecretString};

use super::code;
use super::{Message, NotExpected, SetUp, Stage, Turn};
use crate::authenticator::webauthn;
use crate::authenticator::{
    AuthenticatorKey, EnrollmentKind, Method,
    phone::PhoneNumber,
    security_question::Question,
    totp::{SealedTotpSecret, TotpOutcome, TotpSecret},
};
use crate::interaction::{Attestation, Occasion, World};

impl Turn<'_> {
    /// Shows what is needed to set this authenticator up. It was checked that the person may.
    pub(super) fn begin_set_up(&mut self, key: AuthenticatorKey) {
        let set_up = match key {
            AuthenticatorKey::OktaPassword => SetUp::Password,
            AuthenticatorKey::OktaEmail => return self.set_up_email(),
            AuthenticatorKey::PhoneNumber => {
                self.state.stage = Stage::PhoneNumber;
                return;
            }
            AuthenticatorKey::GoogleOtp | AuthenticatorKey::OktaVerify => {
                let Some(user) = self.user() else { return };
                let secret = TotpSecret::generate(self.materials.entropy);
                match secret.seal(self.materials.sealer, &user, key) {
                    Ok(secret) => SetUp::Totp { key, secret },
                    Err(error) => {
                        tracing::error!(%error, "a key for a time-based code could not be sealed");
                        return self.end_with(Message::Unsatisfiable);
                    }
                }
            }
            AuthenticatorKey::Webauthn => SetUp::Webauthn {
                challenge: code::challenge(self.materials.entropy),
            },
            AuthenticatorKey::SecurityQuestion => SetUp::SecurityQuestion,
        };
        self.state.stage = Stage::SetUp(set_up);
    }

    pub(super) fn set_up_email(&mut self) {
        if matches!(self.state.flow, super::Flow::Register(_)) {
            return self.verify_new_address();
        }
        let to = self
            .account
            .as_ref()
            .map(|account| account.email().to_owned());
        if let Some(sent) = self.send(Method::Email, to, Occasion::SetUp) {
            self.state.stage = Stage::SetUp(SetUp::Email(sent));
        }
    }

    pub(super) fn enter_phone(&mut self, number: &str, method: Method) {
        match PhoneNumber::parse(number) {
            Ok(number) if self.is_phone_method(method) => {
                self.set_up_phone(number, method);
            }
            _ => {
                self.state.stage = Stage::PhoneNumber;
                self.tell_at("phoneNumber", Message::InvalidPhone);
            }
        }
    }

    fn is_phone_method(&self, method: Method) -> bool {
        method.authenticator() == AuthenticatorKey::PhoneNumber
            && self.world.is_method_active(method)
    }

    pub(super) fn set_up_phone(&mut self, number: PhoneNumber, method: Method) {
        if let Some(code) = self.send(method, Some(number.as_str().to_owned()), Occasion::SetUp) {
            self.state.stage = Stage::SetUp(SetUp::Phone {
                number,
                method,
                code,
            });
        }
    }

    /// What was typed while an authenticator other than the password is set up.
    pub(super) fn answer_set_up(
        &mut self,
        set_up: SetUp,
        passcode: &SecretString,
    ) -> Result<(), NotExpected> {
        match set_up {
            SetUp::Email(sent) => {
                if self.is_new_code(&sent, passcode) {
                    self.email_is_verified()?;
                }
            }
            SetUp::Phone {
                number,
                method,
                code,
            } => {
                if self.is_code(&code, passcode) {
                    self.add(
                        AuthenticatorKey::PhoneNumber,
                        EnrollmentKind::Phone { number },
                    );
                    self.accept(method);
                }
            }
            SetUp::Totp { key, secret } => self.finish_totp(key, secret, passcode)?,
            SetUp::Password | SetUp::Webauthn { .. } | SetUp::SecurityQuestion => {
                return Err(NotExpected);
            }
        }
        Ok(())
    }

    fn finish_totp(
        &mut self,
        key: AuthenticatorKey,
        sealed: SealedTotpSecret,
        passcode: &SecretString,
    ) -> Result<(), NotExpected> {
        let user = self.user().ok_or(NotExpected)?;
        let secret = sealed
            .open(self.materials.sealer, &user, key)
            .map_err(|_| NotExpected)?;
        let outcome = secret.check(passcode.expose_secret(), self.world.now, None);
        if let (TotpOutcome::Accepted { step }, true) = (outcome, self.may_prove()) {
            self.add(
                key,
                EnrollmentKind::Totp {
                    secret: sealed,
                    last_step: Some(step),
                },
            );
            let method = key.methods().first().copied().ok_or(NotExpected)?;
            self.accept(method);
        } else {
            self.wrong_code(Message::WrongTotp);
        }
        Ok(())
    }

    /// A passkey that the browser made.
    pub(super) fn attestation(&mut self, attestation: &Attestation) -> Result<(), NotExpected> {
        let Some(SetUp::Webauthn { challenge }) = self.set_up_in_progress().cloned() else {
            return Err(NotExpected);
        };
        self.begin_set_up(AuthenticatorKey::Webauthn);
        let verification = World::USER_VERIFICATION;
        let outcome = webauthn::verify_attestation(
            self.materials.relying_party,
            &challenge,
            verification,
            attestation,
        );
        match outcome {
            Ok(credential) if self.may_prove() => {
                self.add(
                    AuthenticatorKey::Webauthn,
                    EnrollmentKind::Webauthn { credential },
                );
                self.accept(Method::Webauthn);
            }
            Ok(_) => self.wrong_code(Message::WebauthnFailed),
            Err(refusal) => {
                tracing::info!(%refusal, "a new passkey was refused");
                self.wrong_code(Message::WebauthnFailed);
            }
        }
        Ok(())
    }

    pub(super) fn set_up_question(
        &mut self,
        key: &str,
        text: Option<String>,
        answer: &SecretString,
    ) -> Result<(), NotExpected> {
        if !matches!(self.state.stage, Stage::SetUp(SetUp::SecurityQuestion)) {
            return Err(NotExpected);
        }
        let Ok(question) = Question::new(key, text.as_deref()) else {
            self.tell_at("question", Message::InvalidValue);
            return Ok(());
        };
        if question.new_answer(answer).is_err() {
            self.tell_at("answer", Message::AnswerTooShort);
            return Ok(());
        }
        let Some(answer_hash) = self.evidence.new_hash.take() else {
            return Err(NotExpected);
        };
        self.add(
            AuthenticatorKey::SecurityQuestion,
            EnrollmentKind::SecurityQuestion {
                question,
                answer_hash,
            },
        );
        self.accept(Method::SecurityQuestion);
        Ok(())
    }
}
