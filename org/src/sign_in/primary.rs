//! Signing in with name and password alone and without an app: Okta's authentication API. The throttle, the locks and the
//! global session policy are those of every sign-in; the policy of an app is asked when the session answers one.

use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;
use secrecy::SecretString;

use super::decision::evaluation;
use super::evidence;
use super::log::by_method;
use super::session_token::create_session_token;
use super::transaction::{Missing, StateToken, begin_transaction};
use super::{Kit, Turn, Visitor, is_still_so, read_world};
use crate::Org;
use crate::authenticator::{AuthenticatorKey, Enrollment, Method, Proof};
use crate::directory::Profile;
use crate::events::{Event, EventType, Outcome};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::interaction::{
    Account, Answer, AttemptKind, Effect, Evidence, Flow, Interaction, State, World,
    fresh_challenge,
};
use crate::oauth::authorize::AuthorizationRequest;
use crate::policy::{Access, Explanation};

/// What came of a name and a password.
#[derive(Debug)]
pub(crate) enum Primary {
    /// They are not right, or the person may not sign in: which of them is not said.
    Failed,
    /// The account is locked, and its policy lets people know.
    LockedOut,
    /// They are right, and not enough: the transaction of the token says what is missing.
    Unfinished(StateToken),
    /// They are right.
    Success {
        person: Box<Person>,
        token: Handle,
        expires_at: Timestamp,
    },
}

/// Whose name and password they are.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: model::UserId,
    pub(crate) profile: Profile,
    pub(crate) password_changed_at: Option<Timestamp>,
}

/// Signs somebody in who names themselves.
pub(crate) async fn sign_in_by_password(
    org: &Org,
    username: String,
    password: SecretString,
    visitor: Visitor,
) -> Result<Primary, Failure> {
    let (now, kit) = (org.now(), org.kit());
    let request =
        AuthorizationRequest::of_nobody(org.portico_client().client_id, org.app_url().to_owned());
    let state = State::begin(None, fresh_challenge(org.entropy()), now);
    let interaction = Interaction {
        device: visitor.device,
        request,
        state,
        expires_at: now,
    };
    let answer = Answer::Identify {
        identifier: username.clone(),
        password: Some(password),
        keep_me_signed_in: false,
    };
    let world = org
        .store()
        .read(|db| read_world(db, &kit, &interaction, Some(&answer), &visitor, now))?;
    let evidence = evidence::gather(org, &interaction.state, &world, &answer).await?;
    let attempt = Primarily {
        kit,
        interaction,
        answer,
        evidence,
        username,
        visitor,
    };
    let (outcome, has_written) = org.store().write(move |db| attempt.judge(db, now)).await?;
    if has_written {
        org.inbox().announce();
    }
    Ok(outcome)
}

/// A name and a password on their way into the transaction.
struct Primarily {
    kit: Kit,
    interaction: Interaction,
    answer: Answer,
    evidence: Evidence,
    username: String,
    visitor: Visitor,
}

impl Primarily {
    fn judge(self, db: &Connection, now: Timestamp) -> Result<(Primary, bool), Failure> {
        let Self {
            kit,
            interaction,
            answer,
            evidence,
            username,
            visitor,
        } = self;
        let world = read_world(db, &kit, &interaction, Some(&answer), &visitor, now)?;
        let handle = Handle::generate(&*kit.entropy);
        let mut turn = Turn::new(&kit, handle, &world, &interaction, visitor);
        turn.typed = Some(username);
        turn.unlock_if_due(db)?;
        let is_right = match &evidence.matches {
            Some(matched) => is_still_so(db, &world, matched)?,
            None => false,
        };
        let known = world
            .account
            .as_ref()
            .and_then(|account| Some((account, account.id.clone()?)));
        let Some((account, user)) = known else {
            turn.log_wrong(db, "VERIFICATION_ERROR")?;
            return Ok((Primary::Failed, false));
        };
        if account.is_password_locked {
            turn.log_wrong(db, "LOCKED_OUT")?;
            let policy = world.policies.password(account.subject()).outcome;
            let shown = policy.lockout.show_lockout_failures;
            let outcome = if shown {
                Primary::LockedOut
            } else {
                Primary::Failed
            };
            return Ok((outcome, false));
        }
        let kind = AttemptKind::Password;
        if !is_right || !account.may_prove(&Flow::SignIn) {
            turn.log_wrong(db, "INVALID_CREDENTIALS")?;
            let done = turn.apply(db, vec![Effect::CountFailure { user, kind }])?;
            return Ok((Primary::Failed, done.has_written));
        }
        let mut effects = vec![Effect::ClearFailures {
            user: user.clone(),
            kind,
        }];
        if let (Some(new), Some(matched)) = (evidence.rehash, evidence.matches) {
            effects.push(Effect::Rehash {
                user: user.clone(),
                old: matched.hash,
                new,
            });
        }
        let done = turn.apply(db, effects)?;
        let outcome = turn.after_password(db, &world, account)?;
        Ok((outcome, done.has_written))
    }
}

impl Turn<'_> {
    fn log_wrong(&self, db: &Connection, reason: &str) -> rusqlite::Result<()> {
        let event = Event::of(EventType::SessionStart).ended(Outcome::Failure, reason);
        self.log(db, None, by_method(event, Some(Method::Password)))
    }

    const fn proved(&self) -> [Proof; 1] {
        [Proof {
            method: Method::Password,
            at: self.now,
        }]
    }

    fn begin(
        &self,
        db: &Connection,
        user: &UserId,
        missing: Missing,
    ) -> rusqlite::Result<StateToken> {
        let made = (&*self.kit.entropy, self.now);
        begin_transaction(db, user, missing, &self.proved(), made)
    }

    fn log_decision(
        &self,
        db: &Connection,
        because: &Explanation,
        outcome: Outcome,
    ) -> rusqlite::Result<()> {
        match evaluation(because, outcome) {
            Some(event) => self.log(db, None, event),
            None => Ok(()),
        }
    }

    /// What is said to somebody whose password is right.
    fn after_password(
        &self,
        db: &Connection,
        world: &World,
        account: &Account,
    ) -> Result<Primary, Failure> {
        let Some(id) = account.id.clone() else {
            return Ok(Primary::Failed);
        };
        let proof = by_method(Event::of(EventType::AuthViaMfa), Some(Method::Password));
        self.log(db, None, proof)?;
        let decision = world.policies.global_session(account.subject());
        if decision.outcome.access == Access::Deny {
            self.log_decision(db, &decision.because, Outcome::Deny)?;
            return Ok(Primary::Failed);
        }
        if account.is_password_expired {
            let token = self.begin(db, &id, Missing::NewPassword)?;
            return Ok(Primary::Unfinished(token));
        }
        if decision.outcome.require_factor {
            self.log_decision(db, &decision.because, Outcome::Challenge)?;
            let is_factor = |enrollment: &Enrollment| {
                enrollment.key != AuthenticatorKey::OktaPassword && world.is_active(enrollment.key)
            };
            let missing = if account.enrollments.iter().any(is_factor) {
                Missing::Factor
            } else {
                Missing::AnyFactor
            };
            let token = self.begin(db, &id, missing)?;
            return Ok(Primary::Unfinished(token));
        }
        self.log_decision(db, &decision.because, Outcome::Allow)?;
        let person = Box::new(Person {
            id: id.clone(),
            profile: account.profile.clone(),
            password_changed_at: account.password_changed_at,
        });
        let token = Handle::generate(&*self.kit.entropy);
        let expires_at = create_session_token(db, token.digest(), &id, &self.proved(), self.now)?;
        Ok(Primary::Success {
            person,
            token,
            expires_at,
        })
    }
}
