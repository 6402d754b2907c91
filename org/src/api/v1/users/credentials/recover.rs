use axum::Json;
use axum::extract::State;
use model::{ErrorCode, UserId};
use rusqlite::Connection;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::proof::{Known, prove};
use super::{Given, replacement};
use crate::Org;
use crate::api::v1::users::input::QuestionInput;
use crate::api::v1::users::lifecycle::subject;
use crate::api::v1::users::record::find_user;
use crate::api::v1::users::view::credentials;
use crate::api::{ApiError, Body, Change, Path};
use crate::authenticator::EnrollmentKind;
use crate::authenticator::enrollment::enrollments_of;
use crate::authenticator::password::change::set_password;
use crate::authenticator::security_question::normal_answer;
use crate::directory::{UserStatus, end_access};
use crate::events::{Event, EventType};

/// The answer, and the password that is to be.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::api::v1::users) struct Recovery {
    password: Given,
    recovery_question: QuestionInput,
}

/// `POST /api/v1/users/{userId}/credentials/forgot_password_recovery_question`.
pub(in crate::api::v1::users) async fn recover(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    Body(recovery): Body<Recovery>,
) -> Result<Json<Value>, ApiError> {
    let (user, hash) = org.store().read(|db| {
        let found = find_user(db, &change.caller, &id);
        let user =
            match found.and_then(|user| change.caller.may_act_on(db, &user.id).map(|()| user)) {
                Ok(user) => user,
                Err(error) => return Ok(Err(error)),
            };
        let hash = answer_hash(db, &user.id)?;
        Ok(Ok((user, hash)))
    })??;
    if hash.is_none() || user.status != UserStatus::Active {
        return Err(ApiError::new(ErrorCode::ForgotPasswordNotAllowed));
    }
    let new = recovery.password.required("password")?;
    let answer = recovery.recovery_question.answer;
    let answer = normal_answer(&answer.unwrap_or_else(|| SecretString::from("")));
    prove(&org, &change, &user, Known::Answer, (answer, hash)).await?;
    let hash = replacement(&org, &user, &new).await?;
    let user = change
        .run(move |writing| {
            let user = subject(writing, user.id.as_str())?;
            set_password(writing.db, &user.id, &hash, writing.now)?;
            end_access(writing.db, &user.id, writing.now)?;
            writing.log(Event::of(EventType::UserAccountResetPassword).to(user.target()))?;
            user.again(writing.db)
        })
        .await?;
    Ok(Json(credentials(&user)))
}

fn answer_hash(db: &Connection, user: &UserId) -> rusqlite::Result<Option<String>> {
    let enrollments = enrollments_of(db, user)?;
    Ok(enrollments.into_iter().find_map(|one| match one.kind {
        EnrollmentKind::SecurityQuestion { answer_hash, .. } => Some(answer_hash),
        _ => None,
    }))
}
