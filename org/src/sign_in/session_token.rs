//! Session tokens: what somebody gets who signed in without a browser, to be exchanged for a session once.

use jiff::{SignedDuration, Timestamp};
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _};

use super::Kit;
use super::log::by_method;
use crate::authenticator::Proof;
use crate::directory::{UserStatus, find_user_status, groups_of, record_sign_in};
use crate::events::{self, Event, EventType, Origin, record};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::policy::{PolicySet, Subject};
use crate::session::{Session, create_session};
use crate::store::{Digest, Json, Moment, parsed};

/// How long a token is good. Fixed by Okta.
pub(super) const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// Keeps a token for somebody who has proved this.
pub(super) fn create_session_token(
    db: &Connection,
    token: Digest,
    user: &UserId,
    proofs: &[Proof],
    now: Timestamp,
) -> rusqlite::Result<Timestamp> {
    db.prepare_cached(
        "DELETE FROM session_tokens WHERE token_hash IN \
         (SELECT token_hash FROM session_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 8)",
    )?
    .execute([Moment(now)])?;
    let expires_at = now.saturating_add(LIFETIME).unwrap_or(now);
    db.prepare_cached(
        "INSERT INTO session_tokens (token_hash, user_id, proofs, expires_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((token, user.as_str(), Json(proofs), Moment(expires_at)))?;
    Ok(expires_at)
}

/// Spends a token. Of all that try, one gets a session. The handle is what its cookie holds.
pub(crate) fn spend_session_token(
    db: &Connection,
    kit: &Kit,
    token: Digest,
    origin: &Origin,
    now: Timestamp,
) -> Result<Option<(Handle, Session)>, Failure> {
    let found = db
        .prepare_cached(
            "DELETE FROM session_tokens WHERE token_hash = ?1 AND expires_at > ?2 RETURNING user_id, proofs",
        )?
        .query_row((token, Moment(now)), |row| {
            Ok((parsed(row, 0)?, row.get::<_, Json<Vec<Proof>>>(1)?.0))
        })
        .optional()?;
    let Some((user, proofs)): Option<(UserId, Vec<Proof>)> = found else {
        return Ok(None);
    };
    if !find_user_status(db, &user)?.is_some_and(UserStatus::may_sign_in) {
        return Ok(None);
    }
    let handle = Handle::generate(&*kit.entropy);
    let policies = kit.policies.current(db)?;
    let session = new_session(db, &policies, handle.digest(), (user, proofs, false), now)?;
    create_session(db, &session)?;
    record_sign_in(db, &session.user_id, now)?;
    let method = session.proofs.first().map(|proof| proof.method);
    let event = by_method(Event::of(EventType::SessionStart), method)
        .by(events::user_of(db, &session.user_id)?)
        .authentication("externalSessionId", session.id());
    record(db, &event, origin, &*kit.entropy, now)?;
    Ok(Some((handle, session)))
}

/// A session that begins now, on the terms of the global session policy.
pub(super) fn new_session(
    db: &Connection,
    policies: &PolicySet,
    handle: Digest,
    (user_id, proofs, keep_me_signed_in): (UserId, Vec<Proof>, bool),
    now: Timestamp,
) -> rusqlite::Result<Session> {
    let groups = groups_of(db, &user_id)?;
    let subject = Subject {
        user: Some(&user_id),
        groups: &groups,
    };
    let terms = policies.global_session(subject).outcome;
    Ok(Session {
        handle,
        user_id,
        proofs,
        signed_in_at: now,
        last_seen_at: now,
        keep_me_signed_in,
        max_idle: terms.max_idle,
        ends_at: terms
            .max_lifetime
            .and_then(|lifetime: SignedDuration| now.checked_add(lifetime).ok()),
    })
}
