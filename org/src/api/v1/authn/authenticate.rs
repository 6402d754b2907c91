use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::view::view;
use crate::Org;
use crate::api::{ApiError, Body};
use crate::sign_in::{Primary, Visitor, sign_in_by_password};
use crate::throttle::ClientAddress;

/// As long as a name or a password is looked at, in bytes.
const LONGEST: usize = 1024;

/// A name and a password. What Okta takes besides changes nothing here.
#[derive(Deserialize)]
pub(super) struct Credentials {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
}

/// `POST /api/v1/authn`.
pub(super) async fn authenticate(
    State(org): State<Org>,
    address: ClientAddress,
    visitor: Visitor,
    Body(credentials): Body<Credentials>,
) -> Result<Json<Value>, ApiError> {
    let Credentials { username, password } = credentials;
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
    view(outcome, &org).map(Json)
}
