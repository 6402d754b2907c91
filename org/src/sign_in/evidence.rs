//! Slow work before the transaction: hashes are compared and made here, and nowhere inside.

use secrecy::{ExposeSecret as _, SecretString};

use crate::Org;
use crate::authenticator::password::history;
use crate::authenticator::security_question::{Question, normal_answer};
use crate::authenticator::{AuthenticatorKey, EnrollmentKind};
use crate::directory::find_password_hash;
use crate::failure::Failure;
use crate::interaction::{Account, Answer, Challenge, Evidence, Match, SetUp, Stage, State, World};

/// Finds out what an answer needs to be judged.
pub(super) async fn gather(
    org: &Org,
    state: &State,
    world: &World,
    answer: &Answer,
) -> Result<Evidence, Failure> {
    match needed(state, answer) {
        Need::Nothing => Ok(Evidence::default()),
        Need::Password(password) => compare_password(org, world.account.as_ref(), password).await,
        Need::SecurityAnswer(answer) => compare_answer(org, world.account.as_ref(), answer).await,
        Need::NewPassword(password) => new_password(org, world, password).await,
        Need::NewSecurityAnswer(answer) => {
            let hash = org
                .passwords()
                .create(answer, org.entropy().bytes())
                .await?;
            Ok(Evidence {
                new_hash: Some(hash),
                ..Evidence::default()
            })
        }
    }
}

enum Need {
    Nothing,
    Password(SecretString),
    SecurityAnswer(SecretString),
    NewPassword(SecretString),
    NewSecurityAnswer(SecretString),
}

fn needed(state: &State, answer: &Answer) -> Need {
    match (answer, &state.stage) {
        (
            Answer::Identify {
                password: Some(password),
                ..
            },
            Stage::Identify,
        )
        | (Answer::Passcode(password), Stage::Challenge(Challenge::Password)) => {
            Need::Password(password.clone())
        }
        (Answer::Passcode(answer), Stage::Challenge(Challenge::SecurityQuestion)) => {
            Need::SecurityAnswer(normal_answer(answer))
        }
        (
            Answer::Passcode(password) | Answer::NewPassword { password, .. },
            Stage::SetUp(SetUp::Password) | Stage::ResetPassword | Stage::ReplaceExpiredPassword,
        ) => Need::NewPassword(password.clone()),
        (Answer::SecurityQuestion { key, text, answer }, Stage::SetUp(SetUp::SecurityQuestion)) => {
            Question::new(key, text.as_deref())
                .and_then(|question| question.new_answer(answer))
                .map_or(Need::Nothing, Need::NewSecurityAnswer)
        }
        _ => Need::Nothing,
    }
}

/// Takes as long for a user who does not exist, or has no password, as for one who does.
async fn compare_password(
    org: &Org,
    account: Option<&Account>,
    password: SecretString,
) -> Result<Evidence, Failure> {
    let user = account.and_then(|account| account.id.clone());
    let hash = match &user {
        Some(user) => org.store().read(|db| find_password_hash(db, user))?,
        None => None,
    };
    let is_right = org
        .passwords()
        .verify(password.clone(), hash.clone())
        .await?;
    let (Some(user), Some(hash), true) = (user, hash, is_right) else {
        return Ok(Evidence::default());
    };
    let rehash = if org.passwords().is_outdated(&hash) {
        Some(
            org.passwords()
                .create(password, org.entropy().bytes())
                .await?,
        )
    } else {
        None
    };
    Ok(Evidence {
        matches: Some(Match { user, hash }),
        rehash,
        ..Evidence::default()
    })
}

async fn compare_answer(
    org: &Org,
    account: Option<&Account>,
    answer: SecretString,
) -> Result<Evidence, Failure> {
    let hash = account
        .and_then(|account| account.enrollment(AuthenticatorKey::SecurityQuestion))
        .and_then(|enrollment| match &enrollment.kind {
            EnrollmentKind::SecurityQuestion { answer_hash, .. } => Some(answer_hash.clone()),
            _ => None,
        });
    let is_right = org.passwords().verify(answer, hash.clone()).await?;
    let user = account.and_then(|account| account.id.clone());
    Ok(match (user, hash, is_right) {
        (Some(user), Some(hash), true) => Evidence {
            matches: Some(Match { user, hash }),
            ..Evidence::default()
        },
        _ => Evidence::default(),
    })
}

async fn new_password(
    org: &Org,
    world: &World,
    password: SecretString,
) -> Result<Evidence, Failure> {
    let Some(account) = &world.account else {
        return Ok(Evidence::default());
    };
    let kept = world
        .policies
        .password(account.subject())
        .outcome
        .age
        .history_count;
    let old = match &account.id {
        Some(user) => org
            .store()
            .read(|db| history::last_hashes(db, user, kept.into()))?,
        None => Vec::new(),
    };
    let mut is_in_history = false;
    for hash in old {
        is_in_history |= org.passwords().verify(password.clone(), Some(hash)).await?;
    }
    let is_absurd = password.expose_secret().len() > 4096;
    let new_hash = if is_in_history || is_absurd {
        None
    } else {
        Some(
            org.passwords()
                .create(password, org.entropy().bytes())
                .await?,
        )
    };
    Ok(Evidence {
        new_hash,
        is_in_history,
        ..Evidence::default()
    })
}
