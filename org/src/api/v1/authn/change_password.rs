use axum::Json;
use model::ErrorCode;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::found::Found;
use super::view::view;
use crate::api::v1::users::replacement_of_expired;
use crate::api::{ApiError, Body, Change, Writing};
use crate::authenticator::password::change::set_password;
use crate::events::{Event, EventType};
use crate::interaction::end_interactions_of;
use crate::sign_in::{Missing, Visitor, end_transaction, find_transaction, sign_in_by_password};
use crate::throttle::ClientAddress;

/// The password that has expired, and the one in its place.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Passwords {
    #[serde(default)]
    state_token: String,
    old_password: Option<SecretString>,
    new_password: Option<SecretString>,
}

/// `POST /api/v1/authn/credentials/change_password`. The sign-in goes on with the new password.
pub(super) async fn change_password(
    mut change: Change,
    address: ClientAddress,
    visitor: Visitor,
    Body(passwords): Body<Passwords>,
) -> Result<Json<Value>, ApiError> {
    let org = change.org().clone();
    if !org.throttle().allow(address, org.now()) {
        return Err(ApiError::new(ErrorCode::TooManyRequests));
    }
    let found = Found::by(&org, &change.caller, &passwords.state_token)?;
    found.needs(Missing::NewPassword)?;
    let blank = |field| move || ApiError::invalid(field, "The field cannot be left blank");
    let old = passwords.old_password.ok_or_else(blank("oldPassword"))?;
    let new = passwords.new_password.ok_or_else(blank("newPassword"))?;
    // The password showed who it is.
    change.caller.user = Some(found.user.id.clone());
    let caller = change.caller.clone();
    let given = (old, new.clone());
    let hash = match replacement_of_expired(&change, &found.user, given).await {
        Ok(hash) => hash,
        Err(error) => {
            org.throttle().failed(address, org.now());
            return Err(error);
        }
    };
    let login = found.user.profile.login.clone();
    change
        .run(move |writing| replace(writing, &found, &hash))
        .await?;
    let outcome = sign_in_by_password(&org, login, new, visitor).await?;
    view(outcome, &org, &caller).map(Json)
}

/// Of many at once, one replaces the password.
fn replace(writing: &Writing<'_>, found: &Found, hash: &str) -> Result<(), ApiError> {
    let token = found.transaction.token;
    let is_open = find_transaction(writing.db, token, writing.now)?.is_some();
    if !is_open || !end_transaction(writing.db, token)? {
        return Err(ApiError::new(ErrorCode::InvalidToken));
    }
    let user = &found.user;
    set_password(writing.db, &user.id, hash, writing.now)?;
    end_interactions_of(writing.db, &user.id, None)?;
    writing.log(Event::of(EventType::UserAccountUpdatePassword).to(user.target()))?;
    Ok(())
}
