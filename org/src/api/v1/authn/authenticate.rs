use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::found::Found;
use super::view::{of_transaction, view};
use crate::Org;
use crate::api::{ApiError, Body, Caller};
use crate::sign_in::{Primary, Visitor, sign_in_by_password};
use crate::throttle::ClientAddress;

/// As long as a name or a password is looked at, in bytes.
const LONGEST: usize = 1024;

/// A name and a password, or the state token of a transaction that they began. What Okta takes besides changes nothing here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Credentials {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    state_token: Option<String>,
}

/// `POST /api/v1/authn`: begins a transaction, or says how one stands.
pub(super) async fn authenticate(
    State(org): State<Org>,
    address: ClientAddress,
    visitor: Visitor,
    caller: Caller,
    Body(credentials): Body<Credentials>,
) -> Result<Json<Value>, ApiError> {
    let Credentials {
        username,
        password,
        state_token,
    } = credentials;
    if let Some(token) = state_token {
        return of_transaction(&org, &Found::by(&org, &caller, &token)?).map(Json);
    }
    for (name, value) in [("username", &username), ("password", &password)] {
        if value.trim().is_empty() {
            return Err(ApiError::invalid(name, "The field cannot be left blank"));
        }
        if value.len() > LONGEST {
            return Err(ApiError::invalid(name, "The field is too long"));
        }
    }
    if !org.throttle().allow(address, org.now()) {
        return Err(ApiError::new(ErrorCode::TooManyRequests));
    }
    let password = SecretString::from(password);
    let outcome = sign_in_by_password(&org, username, password, visitor).await?;
    if matches!(outcome, Primary::Failed | Primary::LockedOut) {
        org.throttle().failed(address, org.now());
    }
    view(outcome, &org, &caller).map(Json)
}
