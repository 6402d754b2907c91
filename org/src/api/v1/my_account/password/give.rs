use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ErrorCode;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::view;
use crate::Org;
use crate::api::v1::my_account::find_own;
use crate::api::v1::users::{UserRecord, password_hash_for};
use crate::api::{ApiError, Body, Change, Writing};
use crate::authenticator::password::change::set_password;
use crate::branding;
use crate::events::{Event, EventType};
use crate::inbox::{self, messages};
use crate::interaction::end_interactions_of;

/// A password that is to be.
#[derive(Debug, Deserialize)]
pub(super) struct NewPassword {
    profile: Profile,
}

#[derive(Debug, Deserialize)]
struct Profile {
    password: SecretString,
}

/// `POST /idp/myaccount/password`: the first one.
pub(super) async fn create(
    State(org): State<Org>,
    change: Change,
    Body(new): Body<NewPassword>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &change.caller)))??;
    if user.has_password {
        let text = "This account already has a password set as an authenticator.";
        return Err(ApiError::new(ErrorCode::DuplicateAuthenticator)
            .saying(text.to_owned())
            .because(text));
    }
    give(&org, change, &user, &new.profile.password).await
}

/// `PUT /idp/myaccount/password`: another one, of somebody who need not know the present one.
pub(super) async fn replace(
    State(org): State<Org>,
    change: Change,
    Body(new): Body<NewPassword>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &change.caller)))??;
    if user.is_of_another_provider() {
        return Err(ApiError::new(ErrorCode::WrongStatus));
    }
    give(&org, change, &user, &new.profile.password).await
}

async fn give(
    org: &Org,
    change: Change,
    user: &UserRecord,
    password: &SecretString,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let hash = password_hash_for(org, user, password).await?;
    let url = org.url().clone();
    let user = change
        .run(move |writing| {
            let user = find_own(writing.db, writing.caller)?;
            write(writing, &user, &hash)?;
            user.again(writing.db)
        })
        .await?;
    org.inbox().announce();
    Ok((StatusCode::CREATED, Json(view(&user, &url))))
}

/// Gives the person the password and tells them, in case it was not them who wanted it. What was begun with the one before ends.
pub(super) fn write(writing: &Writing<'_>, user: &UserRecord, hash: &str) -> Result<(), ApiError> {
    if set_password(writing.db, &user.id, hash, writing.now)? {
        let letter = messages::password_changed(&user.profile.email, branding::NAME);
        inbox::put(writing.db, &letter, writing.now)?;
    }
    end_interactions_of(writing.db, &user.id, None)?;
    Ok(writing.log(Event::of(EventType::UserAccountUpdatePassword).to(user.target()))?)
}
