//! Codes by email, text message and call: sent, resent, compared, counted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use model::Entropy;
use secrecy::{ExposeSecret as _, SecretString};

use super::{AttemptKind, Challenge, Effect, Flow, Message, NotExpected, SetUp, Stage, Turn};
use crate::authenticator::code::OneTimeCode;
use crate::authenticator::{AuthenticatorKey, Method};
use crate::interaction::{Letter, Occasion, SentCode};

/// Wrong codes that one interaction may have (NIST SP 800-63B leaves a hundred per account).
const MAX_WRONG: u8 = 5;
/// Codes that one interaction may have sent.
const MAX_SENT: u8 = 5;
/// How long a code by text message or call is good; the one by email has a setting.
const PHONE_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// A challenge for a passkey: 256 random bits.
pub(crate) fn challenge(entropy: &dyn Entropy) -> String {
    URL_SAFE_NO_PAD.encode(entropy.bytes::<32>())
}

/// How long to wait before another code may be asked for, as at Okta.
pub(crate) const fn resend_after(method: Method) -> SignedDuration {
    match method {
        Method::Sms | Method::Voice => SignedDuration::from_secs(30),
        _ => SignedDuration::from_secs(5),
    }
}

impl Turn<'_> {
    /// Sends a code to where the person is enrolled. To somebody who cannot have one nothing is sent, and nothing else
    /// differs.
    pub(super) fn send_code(&mut self, method: Method) -> Option<SentCode> {
        let to = self.account.as_ref().and_then(|account| match method {
            Method::Email => Some(account.email().to_owned()),
            _ => account
                .phone_number()
                .map(|number| number.as_str().to_owned()),
        });
        let is_enrolled = self
            .account
            .as_ref()
            .is_some_and(|account| account.has(method.authenticator()));
        let occasion = self.occasion();
        let to = to.filter(|_| is_enrolled && !self.is_barred());
        self.send(method, to, occasion)
    }

    /// Makes a code and sends it, unless too many were sent. Without an address it goes nowhere.
    pub(super) fn send(
        &mut self,
        method: Method,
        to: Option<String>,
        occasion: Occasion,
    ) -> Option<SentCode> {
        if self.state.codes_sent >= MAX_SENT {
            self.end_with(Message::TooManyCodes(method));
            return None;
        }
        self.state.codes_sent += 1;
        let code = OneTimeCode::generate(self.materials.entropy);
        let now = self.world.now;
        let lifetime = if method == Method::Email {
            self.world.email_code_lifetime()
        } else {
            PHONE_LIFETIME
        };
        let sent = SentCode {
            digest: code.digest(self.materials.sealer, self.materials.interaction.as_bytes()),
            sent_at: now,
            expires_at: now.saturating_add(lifetime).unwrap_or(now),
        };
        if let Some(to) = to {
            let code = (occasion != Occasion::AddressTaken).then(|| code.secret().clone());
            self.effects.push(Effect::Send(Letter {
                method,
                to,
                occasion,
                code,
            }));
        }
        Some(sent)
    }

    /// Whether a code that was typed is the one that was sent; if not, it is counted.
    pub(super) fn is_code(&mut self, sent: &SentCode, typed: &SecretString) -> bool {
        let is_right = self.is_same(sent, typed) && !self.is_barred();
        if !is_right {
            self.wrong_code(Message::WrongCode);
        }
        is_right
    }

    /// The same for the address of an account that is not there yet.
    pub(super) fn is_new_code(&mut self, sent: &SentCode, typed: &SecretString) -> bool {
        let is_registration = matches!(self.state.flow, Flow::Register(_));
        if !is_registration {
            return self.is_code(sent, typed);
        }
        let is_right = self.is_same(sent, typed);
        if !is_right {
            self.wrong_code(Message::WrongCode);
        }
        is_right
    }

    fn is_same(&self, sent: &SentCode, typed: &SecretString) -> bool {
        let interaction = self.materials.interaction;
        sent.digest.matches(
            self.materials.sealer,
            interaction.as_bytes(),
            typed.expose_secret(),
        ) && sent.expires_at > self.world.now
    }

    /// Whether no code of this person counts at the moment.
    pub(super) fn is_barred(&self) -> bool {
        let is_recovery = matches!(self.state.flow, Flow::Recover(_) | Flow::Unlock);
        let is_locked = self.account.as_ref().is_none_or(|account| {
            if is_recovery {
                account.is_code_locked_for_recovery
            } else {
                account.is_code_locked
            }
        });
        is_locked || !self.may_prove()
    }

    pub(super) fn wrong_code(&mut self, message: Message) {
        self.count_failure(AttemptKind::Code);
        self.state.wrong_codes = self.state.wrong_codes.saturating_add(1);
        if self.state.wrong_codes >= MAX_WRONG {
            self.end_with(Message::TooManyAttempts);
        } else {
            self.tell_at("passcode", message);
        }
    }

    /// Another code instead of the last one.
    pub(super) fn resend(&mut self) -> Result<(), NotExpected> {
        let (method, last) = match &self.state.stage {
            Stage::Challenge(Challenge::Sent(method, sent)) => (*method, sent.sent_at),
            Stage::SetUp(SetUp::Email(sent)) => (Method::Email, sent.sent_at),
            Stage::SetUp(SetUp::Phone { method, code, .. }) => (*method, code.sent_at),
            _ => return Err(NotExpected),
        };
        if self.world.now.duration_since(last) < resend_after(method) {
            self.tell(Message::ResendTooSoon(method));
            return Ok(());
        }
        let stage = self.state.stage.clone();
        match stage {
            Stage::Challenge(_) => self.challenge(method),
            Stage::SetUp(SetUp::Phone { number, .. }) => self.set_up_phone(number, method),
            _ => self.set_up_email(),
        }
        if !matches!(self.state.stage, Stage::Terminal) {
            self.tell(Message::CodeSent(method));
        }
        Ok(())
    }

    /// A link with the same power as the code was followed in the browser of the interaction.
    pub(super) fn follow_link(&mut self, method: Method) -> Result<(), NotExpected> {
        let sent = match &self.state.stage {
            Stage::Challenge(Challenge::Sent(asked, sent)) if *asked == method => sent,
            Stage::SetUp(SetUp::Email(sent)) if method == Method::Email => sent,
            _ => return Err(NotExpected),
        };
        if sent.expires_at <= self.world.now {
            return Err(NotExpected);
        }
        if matches!(self.state.stage, Stage::SetUp(_)) {
            return self.email_is_verified();
        }
        if self.is_barred() {
            return Err(NotExpected);
        }
        self.clear_failures(AttemptKind::Code);
        self.accept(method);
        Ok(())
    }

    pub(super) fn is_email_set_up(&self) -> bool {
        self.set_up_in_progress()
            .is_some_and(|set_up| set_up.key() == AuthenticatorKey::OktaEmail)
    }
}
