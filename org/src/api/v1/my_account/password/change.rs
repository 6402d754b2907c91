use axum::extract::State;
use http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;

use super::give::write;
use crate::Org;
use crate::api::v1::my_account::find_own;
use crate::api::v1::users::{password_hash_for, prove_password};
use crate::api::{ApiError, Body, Change};

/// The password that is, and the one that is to be.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Passwords {
    old_password: SecretString,
    new_password: SecretString,
}

/// `POST /idp/myaccount/password/change-password`. A wrong old password counts as one while signing in.
pub(super) async fn change(
    State(org): State<Org>,
    change: Change,
    Body(passwords): Body<Passwords>,
) -> Result<StatusCode, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &change.caller)))??;
    prove_password(&org, &change, &user, passwords.old_password).await?;
    let hash = password_hash_for(&org, &user, &passwords.new_password).await?;
    change
        .run(move |writing| {
            let user = find_own(writing.db, writing.caller)?;
            write(writing, &user, &hash)
        })
        .await?;
    org.inbox().announce();
    Ok(StatusCode::NO_CONTENT)
}
