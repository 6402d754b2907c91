//! Sign-ins by the authentication API that go on after the password: what a state token stands for.

use jiff::{SignedDuration, Timestamp};
use model::{Entropy, UserId};
use rusqlite::{Connection, OptionalExtension as _};

use super::session_token::create_session_token;
use crate::authenticator::Proof;
use crate::directory::{UserStatus, find_user_status};
use crate::handle::Handle;
use crate::store::{Digest, Json, Moment, parsed};

/// How long a state token is good. Fixed by Okta.
const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// What is missing, in Okta's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// `PASSWORD_EXPIRED`
    NewPassword,
    /// `MFA_ENROLL`
    AnyFactor,
    /// `MFA_REQUIRED`, and `MFA_CHALLENGE` once a factor was chosen.
    Factor,
}

impl Missing {
    const fn as_str(self) -> &'static str {
        match self {
            Self::NewPassword => "PASSWORD_EXPIRED",
            Self::AnyFactor => "MFA_ENROLL",
            Self::Factor => "MFA_REQUIRED",
        }
    }
}

/// A status that the database has and nobody knows.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no status of a transaction")]
pub(crate) struct UnknownStatus(String);

impl TryFrom<String> for Missing {
    type Error = UnknownStatus;

    fn try_from(text: String) -> Result<Self, UnknownStatus> {
        [Self::NewPassword, Self::AnyFactor, Self::Factor]
            .into_iter()
            .find(|missing| missing.as_str() == text)
            .ok_or(UnknownStatus(text))
    }
}

/// A state token, for whoever signs in.
#[derive(Debug, Clone)]
pub(crate) struct StateToken {
    pub(crate) token: Handle,
    pub(crate) expires_at: Timestamp,
}

/// A sign-in that lacks something.
#[derive(Debug, Clone)]
pub(crate) struct Transaction {
    pub(crate) token: Digest,
    pub(crate) user_id: UserId,
    pub(crate) missing: Missing,
    pub(crate) proofs: Vec<Proof>,
    /// The factor whose code is asked for.
    pub(crate) factor: Option<String>,
    pub(crate) expires_at: Timestamp,
}

/// Begins one for somebody who has proved this.
pub(super) fn begin_transaction(
    db: &Connection,
    user: &UserId,
    missing: Missing,
    proofs: &[Proof],
    (entropy, now): (&dyn Entropy, Timestamp),
) -> rusqlite::Result<StateToken> {
    db.prepare_cached(
        "DELETE FROM authn_transactions WHERE token_hash IN \
         (SELECT token_hash FROM authn_transactions WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
    )?
    .execute([Moment(now)])?;
    let token = Handle::generate(entropy);
    let expires_at = now.saturating_add(LIFETIME).unwrap_or(now);
    db.prepare_cached(
        "INSERT INTO authn_transactions (token_hash, user_id, status, proofs, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        token.digest(),
        user.as_str(),
        missing.as_str(),
        Json(proofs),
        Moment(expires_at),
    ))?;
    Ok(StateToken { token, expires_at })
}

/// The sign-in of a state token, if it can go on: nobody's does who may not sign in any more.
pub(crate) fn find_transaction(
    db: &Connection,
    token: Digest,
    now: Timestamp,
) -> rusqlite::Result<Option<Transaction>> {
    let found = db
        .prepare_cached(
            "SELECT user_id, status, proofs, factor_id, expires_at FROM authn_transactions \
             WHERE token_hash = ?1 AND expires_at > ?2",
        )?
        .query_row((token, Moment(now)), |row| {
            Ok(Transaction {
                token,
                user_id: parsed(row, 0)?,
                missing: parsed(row, 1)?,
                proofs: row.get::<_, Json<Vec<Proof>>>(2)?.0,
                factor: row.get(3)?,
                expires_at: row.get::<_, Moment>(4)?.0,
            })
        })
        .optional()?;
    let Some(transaction) = found else {
        return Ok(None);
    };
    let status = find_user_status(db, &transaction.user_id)?;
    let may_go_on = status.is_some_and(|status| {
        status.may_sign_in()
            || (transaction.missing == Missing::NewPassword
                && status == UserStatus::PasswordExpired)
    });
    Ok(may_go_on.then_some(transaction))
}

/// Says which factor is asked for. `None`: the person chooses again.
pub(crate) fn choose_factor(
    db: &Connection,
    token: Digest,
    factor: Option<&str>,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE authn_transactions SET factor_id = ?2 WHERE token_hash = ?1")?
        .execute((token, factor))?;
    Ok(())
}

/// Ends one. Of all that try, one hears `true`.
pub(crate) fn end_transaction(db: &Connection, token: Digest) -> rusqlite::Result<bool> {
    let ended = db
        .prepare_cached("DELETE FROM authn_transactions WHERE token_hash = ?1")?
        .execute([token])?;
    Ok(ended == 1)
}

/// Ends one whose person has proved the last that was missing. Answers with a session token.
pub(crate) fn complete_transaction(
    db: &Connection,
    transaction: &Transaction,
    proof: Proof,
    (entropy, now): (&dyn Entropy, Timestamp),
) -> rusqlite::Result<Option<StateToken>> {
    if !end_transaction(db, transaction.token)? {
        return Ok(None);
    }
    let mut proofs = transaction.proofs.clone();
    proofs.push(proof);
    let token = Handle::generate(entropy);
    let user = &transaction.user_id;
    let expires_at = create_session_token(db, token.digest(), user, &proofs, now)?;
    Ok(Some(StateToken { token, expires_at }))
}
