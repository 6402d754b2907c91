//! One answer: [`advance`] takes what is known and an answer, and gives the next state and what must be done outside.
//!
//! Each kind of answer has a file. All of them end in [`Turn::go_on`], which asks [`plan`] what is missing now.

mod challenge;
mod choose;
mod code;
mod identify;
mod password;
mod recover;
mod register;
mod set_up;

use model::Entropy;

use super::plan::{Plan, plan};
use super::{
    Account, Answer, AttemptKind, Challenge, Effect, Evidence, Flow, Message, Notice, Proven,
    SetUp, Stage, State, Who, World,
};
use crate::authenticator::webauthn::RelyingParty;
use crate::authenticator::{AuthenticatorKey, Method, Proof};
use crate::seal::Sealer;
use crate::store::Digest;

pub(crate) use code::challenge as fresh_challenge;
pub(crate) use password::rules_of;

/// What the engine makes codes, keys and challenges with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Materials<'a> {
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) sealer: &'a Sealer,
    pub(crate) relying_party: &'a RelyingParty,
    /// What codes are bound to, so that none is good for another interaction.
    pub(crate) interaction: Digest,
}

/// The outcome of an answer.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) state: State,
    /// In this order.
    pub(crate) effects: Vec<Effect>,
}

/// The answer does not belong to the question: a stale page, or a forged request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer does not belong to this step of the sign-in")]
pub(crate) struct NotExpected;

/// Takes an answer.
pub(crate) fn advance(
    state: State,
    answer: Answer,
    evidence: Evidence,
    world: World,
    materials: Materials<'_>,
) -> Result<Step, NotExpected> {
    let mut turn = Turn::new(state, evidence, world, materials);
    turn.take(answer)?;
    Ok(turn.into_step())
}

/// Finds the first question of an interaction that begins with somebody who is known: by a session, or by a link.
pub(crate) fn open(state: State, world: World, materials: Materials<'_>) -> Step {
    let mut turn = Turn::new(state, Evidence::default(), world, materials);
    turn.go_on();
    turn.into_step()
}

/// The work on one answer.
struct Turn<'a> {
    state: State,
    account: Option<Account>,
    evidence: Evidence,
    world: World,
    materials: Materials<'a>,
    effects: Vec<Effect>,
}

impl<'a> Turn<'a> {
    fn new(
        mut state: State,
        evidence: Evidence,
        mut world: World,
        materials: Materials<'a>,
    ) -> Self {
        state.notices.clear();
        Self {
            state,
            account: world.account.take(),
            evidence,
            world,
            materials,
            effects: Vec::new(),
        }
    }

    fn into_step(self) -> Step {
        Step {
            state: self.state,
            effects: self.effects,
        }
    }

    fn take(&mut self, answer: Answer) -> Result<(), NotExpected> {
        if self.state.is_over() {
            return Err(NotExpected);
        }
        match answer {
            Answer::Restart => self.restart(),
            Answer::Identify {
                identifier,
                password,
                keep_me_signed_in,
            } => self.identify(&identifier, password.is_some(), keep_me_signed_in)?,
            Answer::IdentifyByPasskey(assertion) => self.identify_by_passkey(&assertion)?,
            Answer::StartRegistration => self.start_registration()?,
            Answer::StartRecovery => self.start_recovery()?,
            Answer::StartUnlock => self.start_unlock()?,
            Answer::Profile(values) => self.register(values)?,
            Answer::Choose(choice) => self.choose(choice)?,
            Answer::Passcode(passcode) => self.passcode(&passcode)?,
            Answer::Assertion(assertion) => self.assertion(&assertion)?,
            Answer::Attestation(attestation) => self.attestation(&attestation)?,
            Answer::SecurityQuestion { key, text, answer } => {
                self.set_up_question(&key, text, &answer)?;
            }
            Answer::NewPassword {
                password,
                end_sessions,
            } => self.new_password(&password, end_sessions)?,
            Answer::Resend => self.resend()?,
            Answer::Skip => self.skip()?,
            Answer::KeepMeSignedIn(keep) => self.keep_me_signed_in(keep)?,
            Answer::FollowLink(method) => self.follow_link(method)?,
        }
        Ok(())
    }

    fn restart(&mut self) {
        let suggestion = self.state.identifier.take();
        let challenge = fresh_challenge(self.materials.entropy);
        let spent = (self.state.wrong_codes, self.state.codes_sent);
        self.state = State::begin(suggestion, challenge, self.world.now);
        // Beginning again is no way to more guesses or to more letters.
        (self.state.wrong_codes, self.state.codes_sent) = spent;
    }

    fn skip(&mut self) -> Result<(), NotExpected> {
        let is_offered = matches!(
            self.state.stage,
            Stage::SelectSetUp | Stage::SetUp(_) | Stage::PhoneNumber
        );
        match self.planned() {
            Some(Plan::SetUp { may_skip: true, .. }) if is_offered => {
                self.state.has_skipped = true;
                self.go_on();
                Ok(())
            }
            _ => Err(NotExpected),
        }
    }

    fn keep_me_signed_in(&mut self, keep: bool) -> Result<(), NotExpected> {
        if !matches!(self.state.stage, Stage::KeepMeSignedIn) {
            return Err(NotExpected);
        }
        self.state.keep_me_signed_in = keep;
        self.state.has_answered_keep_me_signed_in = true;
        self.go_on();
        Ok(())
    }

    /// What is missing now, without a trace.
    fn planned(&self) -> Option<Plan> {
        let account = self.account.as_ref()?;
        Some(plan(&self.state, account, &self.world).plan)
    }

    /// Asks for what is missing, or ends the sign-in.
    fn go_on(&mut self) {
        let Some(account) = &self.account else {
            self.state.stage = Stage::Identify;
            return;
        };
        let planned = plan(&self.state, account, &self.world);
        for decision in planned.because {
            if !self.state.trail.contains(&decision) {
                self.state.trail.push(decision);
            }
        }
        match planned.plan {
            Plan::Verify {
                methods,
                is_password_first,
            } => self.ask_for_one_of(&methods, is_password_first),
            Plan::SetUp { .. } => self.state.stage = Stage::SelectSetUp,
            Plan::VerifyNewAddress => self.verify_new_address(),
            Plan::CreateAccount => self.create_account(),
            Plan::ReplaceExpiredPassword => self.state.stage = Stage::ReplaceExpiredPassword,
            Plan::ResetPassword => self.state.stage = Stage::ResetPassword,
            Plan::Unlock => self.unlock(),
            Plan::AskToStaySignedIn => self.state.stage = Stage::KeepMeSignedIn,
            Plan::Refuse(message) => self.end_with(message),
            Plan::Finish => self.finish(),
        }
    }

    /// With one way only there is nothing to choose.
    fn ask_for_one_of(&mut self, methods: &[Method], is_password_first: bool) {
        let mut authenticators: Vec<AuthenticatorKey> = methods
            .iter()
            .map(|method| method.authenticator())
            .collect();
        authenticators.dedup();
        if is_password_first {
            self.state.stage = Stage::Challenge(Challenge::Password);
        } else if self.world.is_direct {
            self.state.stage = Stage::Select;
        } else if let ([_], [method]) = (&authenticators[..], methods) {
            self.challenge(*method);
        } else if authenticators == [AuthenticatorKey::PhoneNumber] {
            self.state.stage = Stage::ChoosePhoneMethod;
        } else {
            self.state.stage = Stage::Select;
        }
    }

    fn finish(&mut self) {
        let Some(user) = self.account.as_ref().and_then(|account| account.id.clone()) else {
            self.end_with(Message::AuthenticationFailed);
            return;
        };
        self.state.stage = Stage::Complete;
        if self
            .account
            .as_ref()
            .is_some_and(Account::awaits_activation)
        {
            self.effects.push(Effect::Activate(user.clone()));
        }
        self.effects.push(Effect::Finish(Proven {
            user,
            proofs: self.state.proofs.clone(),
            keep_me_signed_in: self.state.keep_me_signed_in,
        }));
    }

    fn end_with(&mut self, message: Message) {
        self.state.stage = Stage::Terminal;
        self.tell(message);
    }

    fn tell(&mut self, message: Message) {
        self.state.notices.push(Notice::on_page(message));
    }

    fn tell_at(&mut self, field: &str, message: Message) {
        self.state.notices.push(Notice::on(field, message));
    }

    /// Whether anything the person proves may count in this flow.
    fn may_prove(&self) -> bool {
        let flow = &self.state.flow;
        self.account
            .as_ref()
            .is_some_and(|account| account.may_prove(flow))
    }

    fn user(&self) -> Option<model::UserId> {
        self.account.as_ref()?.id.clone()
    }

    fn count_failure(&mut self, kind: AttemptKind) {
        if let Some(user) = self.user() {
            self.effects.push(Effect::CountFailure { user, kind });
        }
    }

    fn clear_failures(&mut self, kind: AttemptKind) {
        if let Some(user) = self.user() {
            self.effects.push(Effect::ClearFailures { user, kind });
        }
    }

    /// Writes down what was proved, and goes on.
    fn accept(&mut self, method: Method) {
        let proof = Proof {
            method,
            at: self.world.now,
        };
        let proofs = match &mut self.state.flow {
            Flow::Recover(recovery) => &mut recovery.proofs,
            Flow::SignIn | Flow::Unlock | Flow::Activate | Flow::Register(_) => {
                &mut self.state.proofs
            }
        };
        proofs.retain(|earlier| earlier.method != method);
        proofs.push(proof);
        if matches!(self.state.flow, Flow::SignIn | Flow::Activate) {
            self.keep_proofs_for_sign_in();
        }
        self.go_on();
    }

    const fn set_up_in_progress(&self) -> Option<&SetUp> {
        match &self.state.stage {
            Stage::SetUp(set_up) => Some(set_up),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
