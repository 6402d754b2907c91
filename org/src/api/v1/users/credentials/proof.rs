use model::ErrorCode;
use rusqlite::Connection;
use secrecy::SecretString;

use super::refused;
use crate::Org;
use crate::api::v1::users::record::UserRecord;
use crate::api::{ApiError, Change};
use crate::authenticator::attempts::{self, Attempt, AttemptKind, Lockout, Standing};
use crate::directory::{find_password_hash, groups_of};
use crate::failure::Failure;
use crate::policy::Subject;

/// What a caller proves that they know of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Password,
    Answer,
}

impl Known {
    const fn kind(self) -> AttemptKind {
        match self {
            Self::Password => AttemptKind::Password,
            Self::Answer => AttemptKind::Code,
        }
    }

    fn wrong(self) -> ApiError {
        match self {
            Self::Password => refused("Old Password is not correct"),
            Self::Answer => ApiError::new(ErrorCode::WrongRecoveryAnswer),
        }
    }
}

/// Compares what was given with a hash that the user has. A failure counts like one at sign-in, so that nobody guesses here
/// what they may not guess there. Slow.
pub(super) async fn prove(
    org: &Org,
    change: &Change,
    user: &UserRecord,
    known: Known,
    (given, hash): (SecretString, Option<String>),
) -> Result<(), ApiError> {
    let (now, id) = (change.now, user.id.clone());
    let lockout = lockout_of(org, user)?;
    let attempt = move |db: &Connection| -> Result<Standing, ApiError> {
        Ok(attempts::standing(
            db,
            attempt_of(&id, known, lockout, now),
        )?)
    };
    let standing = org.store().read(|db| Ok(attempt(db)))??;
    if standing == Standing::Locked {
        return Err(ApiError::new(ErrorCode::UserLocked));
    }
    let is_right = org.passwords().verify(given, hash.clone()).await;
    let is_right = is_right.map_err(Failure::from)?;
    let id = user.id.clone();
    org.store()
        .write(move |db| {
            let attempt = attempt_of(&id, known, lockout, now);
            let is_locked = attempts::standing(db, attempt)? == Standing::Locked;
            let is_same = known == Known::Answer || find_password_hash(db, &id)? == hash;
            if is_right && is_same && !is_locked {
                attempts::clear_failures(db, attempt)?;
                return Ok(Ok(()));
            }
            attempts::count_failure(db, attempt)?;
            Ok::<_, ApiError>(Err(known.wrong()))
        })
        .await?
}

const fn attempt_of(
    user: &model::UserId,
    known: Known,
    lockout: Lockout,
    now: jiff::Timestamp,
) -> Attempt<'_> {
    Attempt {
        user,
        device: None,
        kind: known.kind(),
        lockout,
        now,
    }
}

fn lockout_of(org: &Org, user: &UserRecord) -> Result<Lockout, ApiError> {
    let (policies, groups) = org
        .store()
        .read(|db| Ok((org.kit().policies.current(db)?, groups_of(db, &user.id)?)))?;
    let subject = Subject {
        user: Some(&user.id),
        groups: &groups,
    };
    let settings = policies.password(subject).outcome.lockout;
    Ok(Lockout {
        max_attempts: settings.max_attempts,
        auto_unlock_minutes: settings.auto_unlock_minutes,
    })
}
