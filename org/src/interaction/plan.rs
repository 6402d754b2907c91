//! What is still missing: the one place where policies meet what a person has proved.

use super::Use;
use super::{Account, Flow, Message, State, World};
use crate::authenticator::{AuthenticatorKey, Method};
use crate::directory::UserStatus;
use crate::policy::{
    Access, EnrollPrompt, EnrollmentRequirement, Explanation, PasswordPolicy, Requirement, StepUp,
};

/// What has to happen next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Plan {
    /// One of these methods is to be used.
    Verify {
        methods: Vec<Method>,
        /// The password cannot be avoided, so it is asked for without a choice.
        is_password_first: bool,
    },
    /// One of these authenticators is to be set up.
    SetUp {
        keys: Vec<AuthenticatorKey>,
        /// None of them is required.
        may_skip: bool,
    },
    /// The address of a new account is to be verified.
    VerifyNewAddress,
    /// A new account is to be made without that.
    CreateAccount,
    ReplaceExpiredPassword,
    ResetPassword,
    Unlock,
    AskToStaySignedIn,
    /// There is no way on.
    Refuse(Message),
    Finish,
}

/// A plan and the decisions that led to it.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) plan: Plan,
    pub(crate) because: Vec<Explanation>,
}

/// Says what is missing for `account` in this state.
pub(crate) fn plan(state: &State, account: &Account, world: &World) -> Planned {
    let mut planner = Planner {
        state,
        account,
        world,
        because: Vec::new(),
    };
    let plan = match &state.flow {
        Flow::Register(_) => planner.register(),
        Flow::Recover(recovery) => planner.recover(&recovery.proofs, recovery.by_link),
        Flow::Unlock => planner.unlock(),
        Flow::SignIn | Flow::Activate => planner.sign_in(),
    };
    Planned {
        plan,
        because: planner.because,
    }
}

struct Planner<'a> {
    state: &'a State,
    account: &'a Account,
    world: &'a World,
    because: Vec<Explanation>,
}

impl Planner<'_> {
    fn register(&mut self) -> Plan {
        let decision = self.world.policies.profile_enrollment(&self.world.app);
        self.because.push(decision.because);
        if !decision.outcome.registration {
            Plan::Refuse(Message::RegistrationUnavailable)
        } else if decision.outcome.email_verification {
            Plan::VerifyNewAddress
        } else {
            Plan::CreateAccount
        }
    }

    fn recover(&mut self, proofs: &[crate::authenticator::Proof], by_link: bool) -> Plan {
        let decision = self.world.policies.password(self.account.subject());
        self.because.push(decision.because);
        if by_link {
            return Plan::ResetPassword;
        }
        let reset = &decision.outcome.self_service_password_reset;
        if reset.access == Access::Deny {
            return Plan::Refuse(Message::ResetNotAllowed);
        }
        let is_primary = |method: Method| method != Method::SecurityQuestion;
        let Some(first) = proofs.iter().find(|proof| is_primary(proof.method)) else {
            let is_offered = |method| is_primary(method) && reset.methods.contains(&method);
            return verify(self.enrolled_for_recovery(is_offered));
        };
        let used = first.method.authenticator();
        let second: Vec<Method> = match reset.step_up {
            StepUp::NotRequired => return self.reset(&decision.outcome),
            StepUp::SecurityQuestion => vec![Method::SecurityQuestion],
            StepUp::AnyAuthenticator => Method::ALL
                .into_iter()
                .filter(|method| *method != Method::Password && method.authenticator() != used)
                .collect(),
        };
        if proofs.iter().any(|proof| second.contains(&proof.method)) {
            return self.reset(&decision.outcome);
        }
        let enrolled = self
            .account
            .methods(|method| second.contains(&method) && self.world.is_method_active(method));
        if enrolled.is_empty() {
            Plan::Refuse(Message::ResetNotAllowed)
        } else {
            verify(enrolled)
        }
    }

    /// Not before the password has its least age. It is said to its owner alone, after they proved who they are. Whoever was
    /// told to choose another one may do so at once.
    fn reset(&self, policy: &PasswordPolicy) -> Plan {
        let is_told = matches!(
            self.account.status,
            UserStatus::Recovery | UserStatus::PasswordExpired
        );
        let age = self
            .account
            .password_changed_at
            .map(|changed_at| self.world.now.duration_since(changed_at));
        match (age, policy.age.min_age()) {
            (Some(age), Some(least)) if age < least && !is_told => {
                Plan::Refuse(Message::PasswordTooYoung(policy.age.min_age_minutes))
            }
            _ => Plan::ResetPassword,
        }
    }

    fn unlock(&mut self) -> Plan {
        let decision = self.world.policies.password(self.account.subject());
        self.because.push(decision.because);
        if decision.outcome.self_service_unlock == Access::Deny {
            Plan::Refuse(Message::UnlockNotAllowed)
        } else if self.state.proofs.is_empty() {
            verify(self.enrolled_for_recovery(|method| method != Method::SecurityQuestion))
        } else {
            Plan::Unlock
        }
    }

    /// An account that can receive nothing looks as if it could receive an email.
    fn enrolled_for_recovery(&self, is_offered: impl Fn(Method) -> bool) -> Vec<Method> {
        let methods = self.account.methods(|method| {
            method != Method::Password
                && is_offered(method)
                && self.world.allows(method, Use::Recovery)
        });
        if methods.is_empty() {
            vec![Method::Email]
        } else {
            methods
        }
    }

    fn sign_in(&mut self) -> Plan {
        let session = self.world.policies.global_session(self.account.subject());
        let app = self
            .world
            .policies
            .app_sign_on(&self.world.app, self.account.subject());
        self.because.extend([session.because, app.because]);
        let is_denied =
            session.outcome.access == Access::Deny || app.outcome.access == Access::Deny;
        let usable = self.usable();
        let requirement =
            Requirement::new(&session.outcome, &app.outcome, self.world.acr.as_deref())
                .with_max_age(self.world.max_age)
                .with_last_use(self.state.last_use, self.state.began_at)
                .settled(&self.state.proofs, &usable, self.state.began_at);
        if let Some(missing) = self.prove(&requirement, usable, is_denied) {
            return missing;
        }
        if let Some(missing) = self.set_up().or_else(|| self.set_up_for_app()) {
            return missing;
        }
        if app.outcome.post_auth_keep_me_signed_in
            && !self.state.keep_me_signed_in
            && !self.state.has_answered_keep_me_signed_in
        {
            return Plan::AskToStaySignedIn;
        }
        Plan::Finish
    }

    fn usable(&self) -> Vec<Method> {
        self.account
            .methods(|method| self.world.allows(method, Use::SignIn))
    }

    /// What is missing to satisfy the policies. What a policy refuses is said only to somebody who has proved something: to
    /// anybody else it would tell who exists.
    fn prove(
        &self,
        requirement: &Requirement,
        usable: Vec<Method>,
        is_denied: bool,
    ) -> Option<Plan> {
        let (state, began) = (self.state, self.state.began_at);
        let proofs = &state.proofs;
        let is_proved = !state.proofs.is_empty() || state.flow == Flow::Activate;
        if is_denied {
            return Some(if is_proved {
                Plan::Refuse(Message::AccessDenied)
            } else {
                self.any_of(usable)
            });
        }
        if self.has_proved_expired_password() {
            return Some(Plan::ReplaceExpiredPassword);
        }
        if requirement.is_met(proofs, began) {
            return self.prove_expired_password();
        }
        if requirement.is_satisfiable(proofs, &usable, began) {
            let methods = requirement.useful(proofs, &usable, began);
            let is_password_first = methods.contains(&Method::Password)
                && requirement.asks_password_first(proofs, began);
            return Some(Plan::Verify {
                methods,
                is_password_first,
            });
        }
        Some(self.prove_by_set_up(requirement, usable, is_proved))
    }

    /// What the person has is not enough. They may set up what is missing, once they have proved all that they have.
    fn prove_by_set_up(
        &self,
        requirement: &Requirement,
        usable: Vec<Method>,
        is_proved: bool,
    ) -> Plan {
        let (proofs, began) = (&self.state.proofs, self.state.began_at);
        let addable: Vec<Method> = Method::ALL
            .into_iter()
            .filter(|method| {
                !self.account.has(method.authenticator())
                    && self.world.allows(*method, Use::SignIn)
                    && self.requirement_of(method.authenticator())
                        != EnrollmentRequirement::NotAllowed
            })
            .collect();
        let all: Vec<Method> = Method::ALL
            .into_iter()
            .filter(|method| usable.contains(method) || addable.contains(method))
            .collect();
        if !requirement.is_satisfiable(proofs, &all, began) {
            return if is_proved {
                Plan::Refuse(Message::Unsatisfiable)
            } else {
                self.any_of(usable)
            };
        }
        let useful = requirement.useful(proofs, &all, began);
        let at_hand: Vec<Method> = useful
            .iter()
            .copied()
            .filter(|method| usable.contains(method))
            .collect();
        if !at_hand.is_empty() {
            return verify(at_hand);
        }
        if !is_proved {
            return self.any_of(usable);
        }
        let mut keys: Vec<AuthenticatorKey> =
            useful.into_iter().map(Method::authenticator).collect();
        keys.dedup();
        Plan::SetUp {
            keys,
            may_skip: false,
        }
    }

    /// Any proof at all, of those that somebody with this name could give.
    fn any_of(&self, usable: Vec<Method>) -> Plan {
        if usable.is_empty() {
            verify(vec![Method::Password])
        } else {
            let is_password_first = usable == [Method::Password]
                || self.world.policies.every_global_session_asks_password();
            Plan::Verify {
                is_password_first: is_password_first && usable.contains(&Method::Password),
                methods: usable,
            }
        }
    }

    /// Whoever was told to choose a new password does it, also where other proofs are enough.
    fn prove_expired_password(&self) -> Option<Plan> {
        let is_due = self.account.status == UserStatus::PasswordExpired;
        (is_due && self.account.has_password).then(|| Plan::Verify {
            methods: vec![Method::Password],
            is_password_first: true,
        })
    }

    fn has_proved_expired_password(&self) -> bool {
        let is_proved = |proof: &crate::authenticator::Proof| proof.method == Method::Password;
        self.account.is_password_expired && self.state.proofs.iter().any(is_proved)
    }

    /// What the enrollment policy asks for, and what it offers to somebody who is setting up anyway.
    fn set_up(&mut self) -> Option<Plan> {
        let decision = self.world.policies.enrollment(self.account.subject());
        let prompt = decision.outcome.prompt;
        self.because.push(decision.because);
        if prompt == EnrollPrompt::Never {
            return None;
        }
        let required = self.missing(EnrollmentRequirement::Required);
        if !required.is_empty() {
            return Some(Plan::SetUp {
                keys: required,
                may_skip: false,
            });
        }
        let is_first = prompt == EnrollPrompt::Login && !self.account.has_signed_in_before;
        // Whoever came for one thing is not asked for others.
        let is_offered =
            self.world.enroll.is_empty() && (is_first || !self.state.set_up.is_empty());
        let optional = self.missing(EnrollmentRequirement::Optional);
        (is_offered && !self.state.has_skipped && !optional.is_empty()).then_some(Plan::SetUp {
            keys: optional,
            may_skip: true,
        })
    }

    /// What the app asks for, one after the other, unless the person has it, may not have it, or wants it another time.
    fn set_up_for_app(&self) -> Option<Plan> {
        let key = self.world.enroll.iter().copied().find(|key| {
            self.world.is_active(*key)
                && !self.account.has(*key)
                && self.requirement_of(*key) != EnrollmentRequirement::NotAllowed
        })?;
        (!self.state.has_skipped).then(|| Plan::SetUp {
            keys: vec![key],
            may_skip: true,
        })
    }

    fn missing(&self, requirement: EnrollmentRequirement) -> Vec<AuthenticatorKey> {
        AuthenticatorKey::ALL
            .into_iter()
            .filter(|key| {
                self.world.is_active(*key)
                    && !self.account.has(*key)
                    && self.requirement_of(*key) == requirement
            })
            .collect()
    }

    fn requirement_of(&self, key: AuthenticatorKey) -> EnrollmentRequirement {
        self.world
            .policies
            .enrollment(self.account.subject())
            .outcome
            .of(key)
    }
}

const fn verify(methods: Vec<Method>) -> Plan {
    Plan::Verify {
        methods,
        is_password_first: false,
    }
}
