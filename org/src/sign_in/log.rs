//! What an answer is in the System Log: what was proved or not, what the policies decided, and what was done.

use model::{GroupId, UserId};
use rusqlite::Connection;

use super::Turn;
use super::decision::evaluation;
use crate::authenticator::{AuthenticatorKey, Method, Proof};
use crate::directory::find_account_by_login;
use crate::events::{self, Actor, Event, EventType, Outcome, Target, record};
use crate::interaction::{
    Answer, Challenge, Effect, Flow, Letter, Message, Occasion, Stage, State,
};
use crate::policy::{Explanation, PolicyType};
use crate::session::Session;

/// What was so before an answer, as far as the log tells what became of it.
#[derive(Debug)]
pub(super) struct Before {
    proofs: Vec<Proof>,
    decisions: usize,
    was_terminal: bool,
    flow: Flow,
    /// What the answer tries to prove, and how.
    attempted: Option<Method>,
    sets_up: bool,
}

impl Before {
    pub(super) fn of(state: &State, answer: Option<&Answer>) -> Self {
        Self {
            proofs: proofs_of(state),
            decisions: state.trail.len(),
            was_terminal: matches!(state.stage, Stage::Terminal),
            flow: state.flow.clone(),
            attempted: answer.and_then(|answer| attempted(&state.stage, answer)),
            sets_up: matches!(state.stage, Stage::SetUp(_)),
        }
    }

    const fn is_sign_in(&self) -> bool {
        matches!(self.flow, Flow::SignIn | Flow::Activate)
    }
}

fn proofs_of(state: &State) -> Vec<Proof> {
    let mut proofs = state.proofs.clone();
    if let Flow::Recover(recovery) = &state.flow {
        proofs.extend(&recovery.proofs);
    }
    proofs
}

fn attempted(stage: &Stage, answer: &Answer) -> Option<Method> {
    match (answer, stage) {
        (Answer::Identify { password, .. }, _) => password.as_ref().map(|_| Method::Password),
        (Answer::IdentifyByPasskey(_), _) => Some(Method::Webauthn),
        (Answer::Passcode(_) | Answer::Assertion(_), Stage::Challenge(challenge)) => {
            Some(Challenge::method(challenge))
        }
        _ => None,
    }
}

/// How Okta's log names a method.
fn factor(method: Method) -> String {
    match method {
        Method::Password => "PASSWORD_AS_FACTOR".to_owned(),
        Method::Voice => "CALL_FACTOR".to_owned(),
        method => format!("{}_FACTOR", method.as_str().to_uppercase()),
    }
}

const fn credential_type(method: Method) -> Option<&'static str> {
    match method {
        Method::Password => Some("PASSWORD"),
        Method::Email => Some("EMAIL"),
        Method::Sms => Some("SMS"),
        Method::Otp | Method::Totp => Some("OTP"),
        Method::Voice | Method::Webauthn | Method::SecurityQuestion => None,
    }
}

pub(super) fn by_method(event: Event, method: Option<Method>) -> Event {
    let Some(method) = method else { return event };
    let provider = match method {
        Method::Password => "OKTA_AUTHENTICATION_PROVIDER",
        _ => "FACTOR_PROVIDER",
    };
    event
        .debug("factor", factor(method))
        .authentication("authenticationProvider", provider)
        .authentication("credentialProvider", "OKTA_CREDENTIAL_PROVIDER")
        .authentication("credentialType", credential_type(method))
}

impl Turn<'_> {
    /// Writes an event that the person brought about.
    pub(super) fn log(
        &self,
        db: &Connection,
        user: Option<&UserId>,
        event: Event,
    ) -> rusqlite::Result<()> {
        let actor = self.person(db, user)?;
        self.write(db, event.by(actor))
    }

    /// Writes an event that the person brought about, about themselves.
    fn log_about(&self, db: &Connection, user: &UserId, event: Event) -> rusqlite::Result<()> {
        let person = events::user_of(db, user)?;
        self.write(db, event.by(person.clone()).to(person))
    }

    pub(super) fn write(&self, db: &Connection, event: Event) -> rusqlite::Result<()> {
        let entropy = &*self.kit.entropy;
        record(db, &event, &self.visitor.origin, entropy, self.now)
    }

    fn person(&self, db: &Connection, user: Option<&UserId>) -> rusqlite::Result<Actor> {
        if let Some(user) = user.or(self.user.as_ref()) {
            return events::user_of(db, user);
        }
        let Some(typed) = &self.typed else {
            return Ok(Actor::unknown("unknown"));
        };
        match find_account_by_login(db, typed)? {
            Some(account) => events::user_of(db, &account.user.id),
            None => Ok(Actor::unknown(typed)),
        }
    }

    /// Tells what the answer proved, or did not, and what the policies say to it. `effects` are not applied yet.
    pub(super) fn log_answer(
        &mut self,
        db: &Connection,
        before: &Before,
        state: &State,
        effects: &[Effect],
    ) -> rusqlite::Result<()> {
        self.typed.clone_from(&state.identifier);
        self.log_proofs(db, before, state, effects)?;
        let mut notices = state.notices.iter().map(|notice| &notice.message);
        if notices.any(Message::is_of_wrong_proof) {
            self.log_failure(db, before)?;
        }
        let has_ended = !before.was_terminal && matches!(state.stage, Stage::Terminal);
        if has_ended {
            self.log_refusal(db, state)?;
        }
        self.log_decisions(db, before, state, has_ended)
    }

    fn log_proofs(
        &self,
        db: &Connection,
        before: &Before,
        state: &State,
        effects: &[Effect],
    ) -> rusqlite::Result<()> {
        // What is set up is told as such.
        let is_new = |method: Method| {
            effects.iter().any(|effect| match effect {
                Effect::Enroll { key, .. } => *key == method.authenticator(),
                Effect::SetPassword { .. } => method == Method::Password,
                _ => false,
            })
        };
        for proof in proofs_of(state) {
            if proof.at != self.now || before.proofs.contains(&proof) || is_new(proof.method) {
                continue;
            }
            let event_type = match proof.method {
                _ if before.is_sign_in() => EventType::AuthViaMfa,
                Method::Email => EventType::EmailChallengeRedeemed,
                _ => EventType::AuthenticationVerify,
            };
            let event = by_method(Event::of(event_type), Some(proof.method));
            match &self.user {
                Some(user) => self.log_about(db, user, event)?,
                None => self.log(db, None, event)?,
            }
        }
        Ok(())
    }

    fn log_failure(&self, db: &Connection, before: &Before) -> rusqlite::Result<()> {
        let event_type = match before.attempted {
            _ if before.sets_up => EventType::FactorActivate,
            Some(Method::Password) | None if before.is_sign_in() => EventType::SessionStart,
            _ if before.is_sign_in() => EventType::AuthViaMfa,
            _ => EventType::AuthenticationVerify,
        };
        let reason = match &self.user {
            Some(_) if self.is_locked => "LOCKED_OUT",
            Some(_) => "INVALID_CREDENTIALS",
            None => "VERIFICATION_ERROR",
        };
        let event = Event::of(event_type).ended(Outcome::Failure, reason);
        let event = by_method(event, before.attempted);
        self.log(db, None, event.to(events::app_of(db, &self.app)?))
    }

    /// What is refused otherwise than by a policy of sign-on.
    fn log_refusal(&self, db: &Connection, state: &State) -> rusqlite::Result<()> {
        let mut messages = state.notices.iter().map(|notice| &notice.message);
        let refused = messages.find_map(|message| match message {
            Message::ResetNotAllowed | Message::PasswordTooYoung(_) => {
                Some(EventType::UserAccountResetPassword)
            }
            Message::UnlockNotAllowed => Some(EventType::UserAccountUnlock),
            Message::RegistrationUnavailable => Some(EventType::UserLifecycleCreate),
            _ => None,
        });
        match refused {
            None => Ok(()),
            Some(event_type) => {
                let event = Event::of(event_type).ended(Outcome::Failure, "POLICY");
                self.log(db, None, event)
            }
        }
    }

    /// One event for each decision about this sign-in: when it is made, and again when the sign-in ends by it.
    fn log_decisions(
        &self,
        db: &Connection,
        before: &Before,
        state: &State,
        has_ended: bool,
    ) -> rusqlite::Result<()> {
        let mut messages = state.notices.iter().map(|notice| &notice.message);
        let is_denied = has_ended
            && messages
                .any(|message| matches!(message, Message::AccessDenied | Message::Unsatisfiable));
        let outcome = match state.stage {
            Stage::Complete => Outcome::Allow,
            _ if is_denied => Outcome::Deny,
            _ => Outcome::Challenge,
        };
        let decisions: Vec<&Explanation> = match outcome {
            Outcome::Challenge => state.trail.iter().skip(before.decisions).collect(),
            _ => [PolicyType::OktaSignOn, PolicyType::AccessPolicy]
                .into_iter()
                .filter_map(|kind| {
                    let mut trail = state.trail.iter().rev();
                    trail.find(|decision| decision.policy_type == kind)
                })
                .collect(),
        };
        for decision in decisions {
            if let Some(event) = evaluation(decision, outcome) {
                self.log(db, None, event.to(events::app_of(db, &self.app)?))?;
            }
        }
        Ok(())
    }

    /// Tells what was done. Called after it, so that who was made just now has a name.
    pub(super) fn log_done(&self, db: &Connection, told: Option<Told>) -> rusqlite::Result<()> {
        match told {
            Some(Told { user, event }) => self.log_about(db, &user, event),
            None => Ok(()),
        }
    }

    /// What follows from an account that was made just now.
    pub(super) fn log_memberships(
        &self,
        db: &Connection,
        user: &UserId,
        group: Option<&GroupId>,
    ) -> rusqlite::Result<()> {
        let person = events::user_of(db, user)?;
        if let Some(group) = group {
            let event = Event::of(EventType::GroupMembershipAdd).to(person.clone());
            self.write(db, event.to(events::group_of(db, group)?))?;
        }
        let event = Event::of(EventType::AppMembershipAdd).to(person);
        self.write(db, event.to(events::app_of(db, &self.app)?))
    }

    /// The session that the sign-in began.
    pub(super) fn log_session(&self, db: &Connection, session: &Session) -> rusqlite::Result<()> {
        let method = session.proofs.first().map(|proof| proof.method);
        let event = by_method(Event::of(EventType::SessionStart), method)
            .authentication("externalSessionId", session.id())
            .to(events::app_of(db, &self.app)?);
        self.log(db, Some(&session.user_id), event)
    }

    /// A letter, whether it was sent or held back.
    pub(super) fn log_letter(
        &self,
        db: &Connection,
        letter: &Letter,
        is_sent: bool,
    ) -> rusqlite::Result<()> {
        let event_type = match (letter.method, letter.occasion) {
            (Method::Sms, _) => EventType::SmsFactorMessage,
            (Method::Voice, _) => EventType::VoiceFactorCall,
            (_, Occasion::Recover) => EventType::EmailPasswordReset,
            (_, Occasion::SignIn | Occasion::SetUp) => EventType::EmailFactorMessage,
            (_, Occasion::Register | Occasion::AddressTaken | Occasion::Unlock) => {
                EventType::EmailDelivery
            }
        };
        let mut event = Event::of(event_type);
        if !is_sent {
            event = event.ended(Outcome::Failure, "TOO_MANY_MESSAGES");
        }
        let recipient = match &self.user {
            Some(user) => events::user_of(db, user)?,
            None => Target::unknown(&letter.to),
        };
        self.write(db, event.to(recipient))
    }
}

/// An event about a user, to be written when what it tells is done.
pub(super) struct Told {
    user: UserId,
    event: Event,
}

/// What an effect is in the log, as far as it is told alone.
pub(super) fn told(effect: &Effect, is_recovery: bool) -> Option<Told> {
    let about = |user: &UserId, event_type| {
        Some(Told {
            user: user.clone(),
            event: Event::of(event_type),
        })
    };
    match effect {
        Effect::CreateUser { user, .. } => about(user, EventType::UserLifecycleCreate),
        Effect::SetPassword { user, .. } if is_recovery => {
            about(user, EventType::UserAccountResetPassword)
        }
        Effect::SetPassword { user, .. } => about(user, EventType::UserAccountUpdatePassword),
        Effect::Enroll { user, key, .. } => Some(Told {
            user: user.clone(),
            event: Event::of(EventType::FactorActivate).debug("factor", factor_of(*key)),
        }),
        Effect::Unlock(user) => about(user, EventType::UserAccountUnlock),
        Effect::Activate(user) => about(user, EventType::UserLifecycleActivate),
        Effect::Send(_)
        | Effect::CountFailure { .. }
        | Effect::ClearFailures { .. }
        | Effect::Rehash { .. }
        | Effect::UseTotpStep { .. }
        | Effect::UsePasskey { .. }
        | Effect::Finish(_) => None,
    }
}

fn factor_of(key: AuthenticatorKey) -> &'static str {
    key.as_str()
}
