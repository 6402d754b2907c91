use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use serde::Deserialize;
use serde_json::Value;

use super::Given;
use super::proof::{Known, prove};
use crate::Org;
use crate::api::v1::users::input::QuestionInput;
use crate::api::v1::users::lifecycle::subject;
use crate::api::v1::users::question::{hash_question, put_question};
use crate::api::v1::users::record::find_user;
use crate::api::v1::users::view::credentials;
use crate::api::{ApiError, Body, Change, Path};
use crate::directory::{UserStatus, find_password_hash};
use crate::events::{Event, EventType};

/// The password, and the question and answer that are to be.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::api::v1::users) struct Wish {
    password: Given,
    recovery_question: QuestionInput,
}

/// `POST /api/v1/users/{userId}/credentials/change_recovery_question`.
pub(in crate::api::v1::users) async fn change_question(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    Body(wish): Body<Wish>,
) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| {
        let found = find_user(db, &change.caller, &id);
        Ok(found.and_then(|user| change.caller.may_act_on(db, &user.id).map(|()| user)))
    })??;
    let is_changeable = matches!(
        user.status,
        UserStatus::Staged | UserStatus::Active | UserStatus::Recovery
    );
    if !user.has_password || !is_changeable {
        return Err(ApiError::new(ErrorCode::WrongStatus));
    }
    let password = wish.password.required("password")?;
    let hash = org.store().read(|db| find_password_hash(db, &user.id))?;
    prove(&org, &change, &user, Known::Password, (password, hash)).await?;
    let question = hash_question(&org, &wish.recovery_question).await?;
    let user = change
        .run(move |writing| {
            let user = subject(writing, user.id.as_str())?;
            put_question(writing.db, &user.id, question, writing.entropy, writing.now)?;
            writing.log(Event::of(EventType::UserAccountUpdateProfile).to(user.target()))?;
            user.again(writing.db)
        })
        .await?;
    Ok(Json(credentials(&user)))
}
