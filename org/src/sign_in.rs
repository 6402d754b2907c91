//! Signing in: the engine's answer, the door and the session in one transaction.

use jiff::Timestamp;
use model::{AppId, UserId};
use rusqlite::Connection;
use secrecy::SecretString;

use crate::Org;
use crate::directory::{find_password_record, record_sign_in};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::interaction::{
    Answer, Effect, Interaction, Proof, Remediation, find_interaction, save_state,
};
use crate::oauth::authorize::SignedIn;
use crate::oauth::issue::{Facts, Purpose, Refusal, may_issue};
use crate::session::{Session, create_session, end_session};
use crate::store::Digest;

/// What came of a password.
#[derive(Debug)]
pub(crate) enum PasswordAttempt {
    /// Right, and the user may sign in.
    Accepted {
        signed_in: SignedIn,
        /// For the cookie.
        session: Handle,
        keep_me_signed_in: bool,
    },
    /// Not to be told from one another: wrong, unknown, suspended.
    Rejected,
    /// The interaction was completed or expired meanwhile.
    TooLate,
}

/// A checked password, on its way into the transaction.
struct Checked {
    interaction: Digest,
    /// The user whose password it is.
    user: Option<UserId>,
    session: Digest,
    /// The session of this browser until now: a sign-in always begins a new one.
    old_session: Option<Digest>,
    now: Timestamp,
}

/// Lets the engine take an answer. It is read and written in one transaction, so that a slow answer cannot bring back a
/// sign-in that is complete; an answer that is not expected changes nothing.
pub(crate) async fn take_answer(org: &Org, handle: Digest, answer: Answer) -> Result<(), Failure> {
    let now = org.now();
    org.store()
        .write(move |db| {
            let found = find_interaction(db, handle, now)?;
            if let Some(Ok(step)) = found.map(|interaction| interaction.state.advance(answer)) {
                save_state(db, handle, &step.state)?;
            }
            Ok(())
        })
        .await
}

/// Looks at a password and, when it is right, signs the user in.
pub(crate) async fn attempt_password(
    org: &Org,
    handle: Digest,
    interaction: &Interaction,
    password: SecretString,
    old_session: Option<Digest>,
) -> Result<PasswordAttempt, Failure> {
    let Some(Remediation::ChallengePassword { identifier }) =
        interaction.state.screen().map(|screen| screen.remediation)
    else {
        return Ok(PasswordAttempt::TooLate);
    };
    let record = org
        .store()
        .read(|db| find_password_record(db, &identifier))?;
    let (user, hash) = record.map_or((None, None), |record| (Some(record.user_id), record.hash));
    let is_right = org.passwords().verify(password, hash).await?;
    let session = Handle::generate(org.entropy());
    let checked = Checked {
        interaction: handle,
        user: user.filter(|_| is_right),
        session: session.digest(),
        old_session,
        now: org.now(),
    };
    let outcome = org.store().write(move |db| conclude(db, checked)).await?;
    Ok(match outcome {
        Outcome::SignedIn(signed_in, keep_me_signed_in) => PasswordAttempt::Accepted {
            signed_in,
            session,
            keep_me_signed_in,
        },
        Outcome::Rejected => PasswordAttempt::Rejected,
        Outcome::TooLate => PasswordAttempt::TooLate,
    })
}

enum Outcome {
    SignedIn(SignedIn, bool),
    Rejected,
    TooLate,
}

/// Reads everything again: the user or the interaction may have changed while the password was looked at.
fn conclude(db: &Connection, checked: Checked) -> Result<Outcome, Failure> {
    let Some(interaction) = find_interaction(db, checked.interaction, checked.now)? else {
        return Ok(Outcome::TooLate);
    };
    let proof = prove(db, checked.user.clone(), &interaction.request.app_id)?;
    let Ok(step) = interaction.state.advance(Answer::Password(proof)) else {
        return Ok(Outcome::TooLate);
    };
    save_state(db, checked.interaction, &step.state)?;
    match step.effect {
        None => Ok(Outcome::Rejected),
        Some(effect) => sign_in(db, effect, &checked),
    }
}

/// The right password of a user who may not sign in is refused as a wrong one is. Whether the app is for them is a matter
/// between the org and the app: they have proved who they are.
fn prove(db: &Connection, user: Option<UserId>, app: &AppId) -> Result<Proof, Failure> {
    let Some(user) = user else {
        return Ok(Proof::Rejected);
    };
    let Some(facts) = Facts::find(db, &user, app)? else {
        return Ok(Proof::Rejected);
    };
    match may_issue(facts, Purpose::Use) {
        Ok(_) | Err(Refusal::App | Refusal::Assignment | Refusal::Policy) => {
            Ok(Proof::Accepted(user))
        }
        Err(Refusal::User) => Ok(Proof::Rejected),
    }
}

fn sign_in(db: &Connection, effect: Effect, checked: &Checked) -> Result<Outcome, Failure> {
    let Effect::SignIn {
        user,
        amr,
        keep_me_signed_in,
    } = effect;
    if let Some(old) = checked.old_session {
        end_session(db, old)?;
    }
    let session = Session {
        handle: checked.session,
        user_id: user,
        amr,
        signed_in_at: checked.now,
        last_seen_at: checked.now,
        keep_me_signed_in,
    };
    create_session(db, &session)?;
    record_sign_in(db, &session.user_id, checked.now)?;
    let signed_in = SignedIn {
        user_id: session.user_id,
        session: session.handle,
        amr: session.amr,
        auth_time: session.signed_in_at,
    };
    Ok(Outcome::SignedIn(signed_in, keep_me_signed_in))
}
