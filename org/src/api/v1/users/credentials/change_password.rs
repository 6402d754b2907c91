use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use serde::Deserialize;
use serde_json::Value;

use super::proof::{Known, prove};
use super::{Given, replacement};
use crate::Org;
use crate::api::v1::users::lifecycle::subject;
use crate::api::v1::users::record::find_user;
use crate::api::v1::users::view::credentials;
use crate::api::{ApiError, Body, Change, Path};
use crate::authenticator::password::change::set_password;
use crate::directory::{UserStatus, end_access, find_password_hash};
use crate::events::{Event, EventType};
use crate::interaction::end_interactions_of;

/// The password that is, and the one that is to be.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(in crate::api::v1::users) struct Passwords {
    old_password: Given,
    new_password: Given,
    revoke_sessions: bool,
}

/// `POST /api/v1/users/{userId}/credentials/change_password`.
pub(in crate::api::v1::users) async fn change_password(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    Body(passwords): Body<Passwords>,
) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| {
        let found = find_user(db, &change.caller, &id);
        Ok(found.and_then(|user| change.caller.may_act_on(db, &user.id).map(|()| user)))
    })??;
    let is_changeable = matches!(
        user.status,
        UserStatus::Staged
            | UserStatus::Active
            | UserStatus::PasswordExpired
            | UserStatus::Recovery
    );
    if !user.has_password || !is_changeable {
        return Err(ApiError::new(ErrorCode::ChangePasswordNotAllowed));
    }
    let old = passwords.old_password.required("oldPassword")?;
    let new = passwords.new_password.required("newPassword")?;
    let hash = org.store().read(|db| find_password_hash(db, &user.id))?;
    prove(&org, &change, &user, Known::Password, (old, hash)).await?;
    let hash = replacement(&org, &user, &new).await?;
    let user = change
        .run(move |writing| {
            let user = subject(writing, user.id.as_str())?;
            set_password(writing.db, &user.id, &hash, writing.now)?;
            if passwords.revoke_sessions {
                end_access(writing.db, &user.id, writing.now)?;
            }
            end_interactions_of(writing.db, &user.id, None)?;
            writing.log(Event::of(EventType::UserAccountUpdatePassword).to(user.target()))?;
            user.again(writing.db)
        })
        .await?;
    Ok(Json(credentials(&user)))
}
