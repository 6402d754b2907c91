//! The recovery question: the security question of a user, as the management API gives and shows it.

use model::{EnrollmentId, Entropy, UserId};
use rusqlite::Connection;
use secrecy::SecretString;

use super::input::QuestionInput;
use super::password::hash_text;
use crate::Org;
use crate::api::ApiError;
use crate::authenticator::enrollment::create_enrollment;
use crate::authenticator::security_question::{CUSTOM, Question};
use crate::authenticator::{AuthenticatorKey, Enrollment, EnrollmentKind};
use crate::failure::Failure;

/// A question with the hash of its answer, ready to be kept.
#[derive(Debug, Clone)]
pub(super) struct HashedQuestion {
    question: Question,
    answer_hash: String,
}

/// Looks at a question and its answer and hashes the answer. Slow.
pub(super) async fn hash_question(
    org: &Org,
    input: &QuestionInput,
) -> Result<HashedQuestion, ApiError> {
    let refused = |error: crate::authenticator::security_question::QuestionError| {
        ApiError::invalid("recovery_question", &error.to_string())
    };
    let question = Question::new(CUSTOM, input.question.as_deref()).map_err(refused)?;
    let answer = input
        .answer
        .clone()
        .unwrap_or_else(|| SecretString::from(""));
    let normal = question.new_answer(&answer).map_err(refused)?;
    Ok(HashedQuestion {
        question,
        answer_hash: hash_text(org, &normal).await?,
    })
}

/// Makes it the user's only question.
pub(super) fn put_question(
    db: &Connection,
    user: &UserId,
    hashed: HashedQuestion,
    entropy: &dyn Entropy,
    now: jiff::Timestamp,
) -> Result<(), ApiError> {
    remove_enrollment(db, user, AuthenticatorKey::SecurityQuestion)?;
    let enrollment = Enrollment {
        id: EnrollmentId::generate(entropy),
        key: AuthenticatorKey::SecurityQuestion,
        kind: EnrollmentKind::SecurityQuestion {
            question: hashed.question,
            answer_hash: hashed.answer_hash,
        },
        created_at: now,
    };
    Ok(create_enrollment(db, user, &enrollment).map_err(Failure::from)?)
}

/// Takes an authenticator away from the user.
pub(super) fn remove_enrollment(
    db: &Connection,
    user: &UserId,
    key: AuthenticatorKey,
) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM enrollments WHERE user_id = ?1 AND authenticator_key = ?2")?
        .execute((user.as_str(), key.as_str()))?;
    Ok(())
}
