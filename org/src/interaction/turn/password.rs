use secrecy::SecretString;

use super::{AttemptKind, Effect, Flow, Message, NotExpected, Stage, Turn};
use crate::authenticator::password::requirements::{self, Rules, Unmet};
use crate::authenticator::{AuthenticatorKey, Method, Proof};
use crate::directory::UserStatus;
use crate::interaction::Use;
use crate::interaction::plan::Plan;
use crate::policy::PasswordPolicy;
use crate::policy::password::ExcludedAttribute;

impl Turn<'_> {
    /// Whether the password that was given is the one of the person, and may count.
    pub(super) fn is_password_right(&self) -> bool {
        let Some(account) = &self.account else {
            return false;
        };
        let is_theirs = self
            .evidence
            .matches
            .as_ref()
            .is_some_and(|matched| account.id.as_ref() == Some(&matched.user));
        is_theirs && self.may_prove() && !account.is_password_locked
    }

    pub(super) fn answer_password(&mut self) {
        if self.is_password_right() {
            self.clear_failures(AttemptKind::Password);
            self.rehash();
            self.accept(Method::Password);
        } else {
            self.count_failure(AttemptKind::Password);
            self.tell_at("passcode", Message::WrongPassword);
        }
    }

    pub(super) fn rehash(&mut self) {
        let (Some(user), Some(matched), Some(new)) = (
            self.user(),
            self.evidence.matches.clone(),
            self.evidence.rehash.take(),
        ) else {
            return;
        };
        self.effects.push(Effect::Rehash {
            user,
            old: matched.hash,
            new,
        });
    }

    /// A password to be set up, or in place of one that was forgotten or has expired.
    pub(super) fn new_password(
        &mut self,
        password: &SecretString,
        end_sessions: bool,
    ) -> Result<(), NotExpected> {
        let is_reset = match self.state.stage {
            Stage::ResetPassword => true,
            Stage::ReplaceExpiredPassword | Stage::SetUp(super::SetUp::Password) => false,
            _ => return Err(NotExpected),
        };
        // Perhaps it was changed in another tab meanwhile.
        if let (true, Some(Plan::Refuse(message))) = (is_reset, self.planned()) {
            self.end_with(message);
            return Ok(());
        }
        if let Some(message) = self.objection(password) {
            self.tell_at("passcode", message);
            return Ok(());
        }
        let (Some(user), Some(hash), true) =
            (self.user(), self.evidence.new_hash.take(), self.may_prove())
        else {
            return Err(NotExpected);
        };
        self.effects.push(Effect::SetPassword {
            user: user.clone(),
            hash,
            end_sessions: end_sessions || is_reset,
        });
        self.has_new_password(&user);
        Ok(())
    }

    fn has_new_password(&mut self, user: &model::UserId) {
        if let Some(account) = &mut self.account {
            account.has_password = true;
            account.is_password_expired = false;
            account.is_password_locked = false;
            if matches!(
                account.status,
                UserStatus::PasswordExpired | UserStatus::Recovery | UserStatus::LockedOut
            ) {
                account.status = UserStatus::Active;
                self.effects.push(Effect::Activate(user.clone()));
            }
        }
        self.leave_recovery();
        // A password in place of another is nothing that was set up: whoever comes for that is not asked to set up more.
        if self.set_up_in_progress().is_some() {
            self.state.set_up.push(AuthenticatorKey::OktaPassword);
        }
        self.accept(Method::Password);
    }

    /// What was proved for the reset counts for the sign-in as well, where the authenticator is allowed for it.
    fn leave_recovery(&mut self) {
        let flow = std::mem::replace(&mut self.state.flow, Flow::SignIn);
        match flow {
            Flow::Recover(recovery) => {
                let proofs = recovery.proofs;
                self.state.proofs.extend(proofs);
                self.keep_proofs_for_sign_in();
            }
            Flow::Activate => self.state.flow = Flow::Activate,
            Flow::SignIn | Flow::Unlock | Flow::Register(_) => {}
        }
    }

    pub(super) fn keep_proofs_for_sign_in(&mut self) {
        let world = &self.world;
        let is_usable = |proof: &Proof| world.allows(proof.method, Use::SignIn);
        self.state.proofs.retain(is_usable);
    }

    /// Why a new password cannot be taken.
    fn objection(&self, password: &SecretString) -> Option<Message> {
        let account = self.account.as_ref()?;
        let rules = rules_of(&self.world.policies.password(account.subject()).outcome);
        let unmet = requirements::check(
            password,
            &rules,
            &account.profile,
            self.evidence.is_in_history,
        );
        if unmet.is_empty() {
            None
        } else if unmet == [Unmet::Common] {
            Some(Message::PasswordTooCommon)
        } else {
            Some(Message::PasswordRequirements(requirements::sentences(
                &rules,
            )))
        }
    }
}

/// What the policy asks, as the authenticator understands it.
pub(crate) fn rules_of(policy: &PasswordPolicy) -> Rules {
    let complexity = &policy.complexity;
    let excludes = |attribute| complexity.exclude_attributes.contains(&attribute);
    Rules {
        min_length: complexity.min_length,
        min_lower_case: complexity.min_lower_case,
        min_upper_case: complexity.min_upper_case,
        min_number: complexity.min_number,
        min_symbol: complexity.min_symbol,
        exclude_username: complexity.exclude_username,
        exclude_first_name: excludes(ExcludedAttribute::FirstName),
        exclude_last_name: excludes(ExcludedAttribute::LastName),
        exclude_common: complexity.excludes_common(),
        max_consecutive: complexity.max_consecutive_characters,
        history_count: policy.age.history_count,
    }
}
