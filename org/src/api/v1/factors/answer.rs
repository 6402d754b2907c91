//! Answers that are looked at, and counted.

use model::ErrorCode;
use rusqlite::Connection;

use super::record::{Factor, State};
use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Writing};
use crate::authenticator::EnrollmentKind;
use crate::authenticator::attempts::{
    Attempt, AttemptKind, Lockout, Standing, clear_failures, count_failure, standing,
};
use crate::authenticator::factor::{find_sent_code, use_sent_code};
use crate::authenticator::totp::{SealedTotpSecret, TotpOutcome};
use crate::directory::groups_of;
use crate::events::{Event, EventType, Outcome};
use crate::failure::Failure;
use crate::policy::{PolicySet, Subject};

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::api::v1) enum Verdict {
    Right {
        /// The step of a time-based code.
        step: Option<i64>,
    },
    /// Refused, with this code.
    Wrong(ErrorCode),
}

/// Looks at the code of a factor, and counts it. A wrong one is counted by the caller's transaction, which therefore ends well.
pub(in crate::api::v1) fn judge(
    writing: &Writing<'_>,
    user: &UserRecord,
    factor: &Factor,
    answer: &str,
) -> Result<Verdict, ApiError> {
    settle(writing, user, |writing| look(writing, user, factor, answer))
}

/// Lets those answer only who are not locked, and counts what `look` finds.
pub(super) fn settle(
    writing: &Writing<'_>,
    user: &UserRecord,
    look: impl FnOnce(&Writing<'_>) -> Result<Verdict, ApiError>,
) -> Result<Verdict, ApiError> {
    let attempt = Attempt {
        user: &user.id,
        device: None,
        kind: AttemptKind::Code,
        lockout: lockout(writing.db, user)?,
        now: writing.now,
    };
    if standing(writing.db, attempt)? == Standing::Locked {
        return Ok(Verdict::Wrong(ErrorCode::UserLocked));
    }
    let verdict = look(writing)?;
    match verdict {
        Verdict::Right { .. } => clear_failures(writing.db, attempt)?,
        Verdict::Wrong(_) => {
            if count_failure(writing.db, attempt)? {
                let event = Event::of(EventType::UserAccountLock)
                    .ended(Outcome::Failure, "LOCKED_OUT")
                    .to(user.target());
                writing.log(event)?;
            }
        }
    }
    Ok(verdict)
}

fn look(
    writing: &Writing<'_>,
    user: &UserRecord,
    factor: &Factor,
    answer: &str,
) -> Result<Verdict, ApiError> {
    if factor.kind.is_sent() {
        return look_at_sent(writing, user, factor, answer);
    }
    match &factor.state {
        State::Active(enrollment) => match &enrollment.kind {
            EnrollmentKind::Totp { secret, last_step } => {
                look_at_totp(writing, user, factor, (secret, *last_step), answer)
            }
            _ => Ok(Verdict::Wrong(ErrorCode::InvalidPasscode)),
        },
        State::Pending(pending) => match &pending.secret {
            Some(secret) => look_at_totp(writing, user, factor, (secret, None), answer),
            None => Ok(Verdict::Wrong(ErrorCode::InvalidPasscode)),
        },
    }
}

fn look_at_totp(
    writing: &Writing<'_>,
    user: &UserRecord,
    factor: &Factor,
    (secret, last_step): (&SealedTotpSecret, Option<i64>),
    answer: &str,
) -> Result<Verdict, ApiError> {
    let secret = secret
        .open(writing.sealer, &user.id, factor.kind.key())
        .map_err(Failure::from)?;
    Ok(match secret.check(answer, writing.now, last_step) {
        TotpOutcome::Accepted { step } => Verdict::Right { step: Some(step) },
        TotpOutcome::Used => Verdict::Wrong(ErrorCode::CodeUsed),
        TotpOutcome::Wrong => Verdict::Wrong(ErrorCode::InvalidPasscode),
    })
}

fn look_at_sent(
    writing: &Writing<'_>,
    user: &UserRecord,
    factor: &Factor,
    answer: &str,
) -> Result<Verdict, ApiError> {
    let method = factor.kind.method();
    let sent = find_sent_code(writing.db, &user.id, method)?
        .filter(|sent| sent.factor == factor.id)
        .and_then(|sent| sent.digest.map(|digest| (digest, sent.expires_at)));
    let Some((digest, expires_at)) = sent else {
        return Ok(Verdict::Wrong(ErrorCode::InvalidPasscode));
    };
    if !digest.matches(writing.sealer, factor.id.as_bytes(), answer) {
        return Ok(Verdict::Wrong(ErrorCode::InvalidPasscode));
    }
    use_sent_code(writing.db, &user.id, method)?;
    if writing.now >= expires_at {
        return Ok(Verdict::Wrong(ErrorCode::PasscodeExpired));
    }
    Ok(Verdict::Right { step: None })
}

fn lockout(db: &Connection, user: &UserRecord) -> rusqlite::Result<Lockout> {
    let groups = groups_of(db, &user.id)?;
    let who = Subject {
        user: Some(&user.id),
        groups: &groups,
    };
    let policy = PolicySet::load(db)?.password(who).outcome.lockout;
    Ok(Lockout {
        max_attempts: policy.max_attempts,
        auto_unlock_minutes: policy.auto_unlock_minutes,
    })
}
