//! Signing in: carries an answer to the engine, and does what the engine says, in one transaction.
//!
//! [`take_answer`] is what all faces call. First the slow work is done ([`evidence`]), then everything is read again inside
//! the transaction ([`facts`]), for it may have changed meanwhile; then the engine decides, and its effects are applied
//! ([`effects`]).

mod by_link;
mod by_session;
mod decision;
mod effects;
mod evidence;
mod facts;
pub(crate) mod links;
mod log;
mod primary;
mod session_token;
mod transaction;
mod user_links;
mod visitor;

use jiff::{SignedDuration, Timestamp};
use model::{AppId, Entropy, GroupId, UserId};
use rusqlite::Connection;
use std::sync::Arc;

use crate::Org;
use crate::authenticator::attempts::{self, Lockout};
use crate::authenticator::webauthn::RelyingParty;
use crate::authenticator::{AuthenticatorKey, EnrollmentKind};
use crate::config::OrgUrl;
use crate::directory::find_password_hash;
use crate::events::{self, Event, EventType};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::interaction::{
    Answer, Evidence, Flow, Interaction, Match, Materials, Screen, State, World, advance,
    find_interaction, open, save_state,
};
use crate::oauth::authorize::SignedIn;
use crate::policy::{PolicyCache, PolicySet};
use crate::seal::Sealer;
use crate::throttle::{ClientAddress, LetterLimit};

use log::Before;

pub(crate) use by_link::{
    begin_by_link, begin_for_app_by_link, invite_those_who_wait, resend_activation,
};
pub(crate) use by_session::{
    Continued, continue_by_session, first_state, is_enough, keep_alive, may_answer,
};
pub(crate) use decision::evaluation;
pub(crate) use facts::read_world;
pub(crate) use links::LinkPurpose;
pub(crate) use primary::{Person, Primary, sign_in_by_password};
pub(crate) use session_token::spend_session_token;
pub(crate) use transaction::{
    Missing, StateToken, Transaction, choose_factor, complete_transaction, end_transaction,
    find_transaction,
};
pub(crate) use user_links::{UserLink, make_user_link};
pub(crate) use visitor::Visitor;

/// What came of an answer.
#[derive(Debug)]
pub(crate) enum Taken {
    /// The interaction is over, or was never there.
    Gone,
    /// The answer does not belong to the present question, and changed nothing.
    NotExpected,
    /// It was taken; the state says what is asked now.
    Asked,
    /// The person is signed in.
    Finished(Finished),
}

/// A person who is signed in just now.
#[derive(Debug, Clone)]
pub(crate) struct Finished {
    pub(crate) signed_in: SignedIn,
    /// For the cookie.
    pub(crate) session: Handle,
    pub(crate) keep_me_signed_in: bool,
}

/// What the engine works with, apart from the database. It does not hold the org open.
#[derive(Debug, Clone)]
pub(crate) struct Kit {
    pub(crate) url: OrgUrl,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) sealer: Sealer,
    pub(crate) relying_party: RelyingParty,
    pub(crate) policies: Arc<PolicyCache>,
    pub(crate) letters: Arc<LetterLimit>,
}

impl Kit {
    /// For whom passkeys are where an interaction is shown: on the org's own pages, or on a page of the app that began it.
    /// `None`: they do not work there.
    fn relying_party_of(&self, interaction: &Interaction) -> Option<RelyingParty> {
        if interaction.device.is_some() {
            return Some(self.relying_party.clone());
        }
        let page = &interaction.request.redirect_uri;
        self.relying_party.on_page_of_app(page)
    }
}

/// Lets the engine take an answer.
pub(crate) async fn take_answer(
    org: &Org,
    handle: &Handle,
    answer: Answer,
    visitor: Visitor,
) -> Result<Taken, Failure> {
    let now = org.now();
    let digest = handle.digest();
    let kit = org.kit();
    let seen = org.store().read(|db| {
        let Some(interaction) = find_interaction(db, digest, now)? else {
            return Ok(None);
        };
        let world = read_world(db, &kit, &interaction, Some(&answer), &visitor, now)?;
        Ok(Some((interaction.state, world)))
    })?;
    let Some((state, world)) = seen else {
        return Ok(Taken::Gone);
    };
    let evidence = evidence::gather(org, &state, &world, &answer).await?;
    let handle = handle.clone();
    let (taken, has_written) = org
        .store()
        .write(move |db| {
            let given = Given {
                handle,
                answer,
                evidence,
                visitor,
                now,
            };
            take(db, &kit, given)
        })
        .await?;
    if has_written {
        org.inbox().announce();
    }
    Ok(taken)
}

/// An answer on its way into the transaction.
struct Given {
    handle: Handle,
    answer: Answer,
    evidence: Evidence,
    visitor: Visitor,
    now: Timestamp,
}

/// Reads everything again: the user, the policies or the interaction may have changed while a password was looked at.
fn take(db: &Connection, kit: &Kit, given: Given) -> Result<(Taken, bool), Failure> {
    let Given {
        handle,
        answer,
        mut evidence,
        visitor,
        now,
    } = given;
    let digest = handle.digest();
    let Some(interaction) = find_interaction(db, digest, now)? else {
        return Ok((Taken::Gone, false));
    };
    let world = read_world(db, kit, &interaction, Some(&answer), &visitor, now)?;
    evidence.matches = match evidence.matches {
        Some(matched) if is_still_so(db, &world, &matched)? => Some(matched),
        _ => None,
    };
    let mut turn = Turn::new(kit, handle, &world, &interaction, visitor);
    if interaction.state.is_over() {
        return Ok((Taken::Gone, false));
    }
    turn.unlock_if_due(db)?;
    let before = Before::of(&interaction.state, Some(&answer));
    let Ok(step) = advance(interaction.state, answer, evidence, world, turn.materials()) else {
        return Ok((Taken::NotExpected, false));
    };
    turn.log_answer(db, &before, &step.state, &step.effects)?;
    let done = turn.apply(db, step.effects)?;
    save_state(db, digest, &step.state)?;
    let taken = done.finished.map_or(Taken::Asked, Taken::Finished);
    Ok((taken, done.has_written))
}

/// Whether what was compared is still the user's secret.
fn is_still_so(db: &Connection, world: &World, matched: &Match) -> rusqlite::Result<bool> {
    if find_password_hash(db, &matched.user)?.as_deref() == Some(matched.hash.as_str()) {
        return Ok(true);
    }
    let answer = world
        .account
        .as_ref()
        .and_then(|account| account.enrollment(AuthenticatorKey::SecurityQuestion));
    Ok(matches!(
        answer.map(|enrollment| &enrollment.kind),
        Some(EnrollmentKind::SecurityQuestion { answer_hash, .. }) if *answer_hash == matched.hash
    ))
}

/// An interaction that was opened with somebody who is known already.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) state: State,
    /// Whether the inbox is to be announced after the commit.
    pub(crate) has_written: bool,
}

/// Finds the first question for somebody who is known by a session or a link. The caller stores the interaction.
pub(crate) fn open_interaction(
    db: &Connection,
    kit: &Kit,
    handle: Handle,
    interaction: &Interaction,
    visitor: Visitor,
    now: Timestamp,
) -> Result<Opened, Failure> {
    let world = read_world(db, kit, interaction, None, &visitor, now)?;
    let mut turn = Turn::new(kit, handle, &world, interaction, visitor);
    let before = Before::of(&interaction.state, None);
    let step = open(interaction.state.clone(), world, turn.materials());
    turn.log_answer(db, &before, &step.state, &step.effects)?;
    let done = turn.apply(db, step.effects)?;
    Ok(Opened {
        state: step.state,
        has_written: done.has_written,
    })
}

/// Wrong answers count against the address that they come from, whoever they are about. `state`: after the answer.
pub(crate) fn count_if_wrong(org: &Org, address: ClientAddress, state: &State) {
    let mut notices = state.notices.iter();
    if notices.any(|notice| notice.message.is_of_wrong_proof()) {
        org.throttle().failed(address, org.now());
    }
}

/// What a face shows of an interaction.
pub(crate) fn screen_of(
    org: &Org,
    interaction: &Interaction,
    visitor: &Visitor,
) -> Result<(Screen, World), Failure> {
    let world = org
        .store()
        .read(|db| read_world(db, &org.kit(), interaction, None, visitor, org.now()))?;
    Ok((Screen::of(&interaction.state, &world), world))
}

/// The work on one answer, inside its transaction.
struct Turn<'a> {
    kit: &'a Kit,
    now: Timestamp,
    visitor: Visitor,
    /// Of the interaction.
    handle: Handle,
    /// Of the session, if one comes of it.
    session: Handle,
    app: AppId,
    everyone: GroupId,
    /// Whom it is about; not somebody who is not there.
    user: Option<UserId>,
    policies: Arc<PolicySet>,
    lockout: Lockout,
    hears_of_locks: bool,
    is_locked: bool,
    is_recovery: bool,
    /// The name that was typed, for the log.
    typed: Option<String>,
    link_lifetime: SignedDuration,
    relying_party: RelyingParty,
    begins: Begins,
}

/// What comes of a finished sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// The session of a browser, or of whatever the app is.
    Session,
    /// Tokens for an app that carries the answers itself, and nothing besides.
    Tokens,
}

impl<'a> Turn<'a> {
    fn new(
        kit: &'a Kit,
        handle: Handle,
        world: &World,
        interaction: &Interaction,
        visitor: Visitor,
    ) -> Self {
        Self {
            kit,
            now: world.now,
            visitor,
            handle,
            session: Handle::generate(&*kit.entropy),
            app: interaction.request.app_id.clone(),
            everyone: world.everyone.clone(),
            user: world
                .account
                .as_ref()
                .and_then(|account| account.id.clone()),
            policies: Arc::clone(&world.policies),
            lockout: world
                .account
                .as_ref()
                .map_or(Lockout::NONE, |account| account.lockout),
            hears_of_locks: world
                .account
                .as_ref()
                .is_some_and(|account| account.hears_of_locks),
            is_locked: world
                .account
                .as_ref()
                .is_some_and(|account| account.is_password_locked || account.is_code_locked),
            is_recovery: matches!(interaction.state.flow, Flow::Recover(_)),
            typed: interaction.state.identifier.clone(),
            link_lifetime: world.email_code_lifetime(),
            relying_party: kit
                .relying_party_of(interaction)
                .unwrap_or_else(|| kit.relying_party.clone()),
            begins: if interaction.request.is_direct {
                Begins::Tokens
            } else {
                Begins::Session
            },
        }
    }

    /// Ends a lock whose time is over.
    fn unlock_if_due(&self, db: &Connection) -> Result<(), Failure> {
        if let Some(user) = &self.user
            && attempts::unlock_if_due(db, user, self.lockout, self.now)?
        {
            let event = Event::of(EventType::UserAccountUnlock).to(events::user_of(db, user)?);
            self.write(db, event)?;
        }
        Ok(())
    }

    fn materials(&self) -> Materials<'_> {
        Materials {
            entropy: &*self.kit.entropy,
            sealer: &self.kit.sealer,
            relying_party: &self.relying_party,
            interaction: self.handle.digest(),
        }
    }
}
