use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::view;
use crate::Org;
use crate::api::v1::my_account::authenticators::nicknames_of;
use crate::api::v1::my_account::find_own;
use crate::api::{ApiError, Caller, Path};
use crate::authenticator::enrollment::enrollments_of;

fn passkeys(org: &Org, caller: &Caller) -> Result<Vec<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, caller)))??;
    let (enrollments, nicknames) = org
        .store()
        .read(|db| Ok((enrollments_of(db, &user.id)?, nicknames_of(db, &user)?)))?;
    let shown = enrollments
        .iter()
        .filter_map(|one| view(one, nicknames.get(one.id.as_str()), org.url()));
    Ok(shown.collect())
}

/// `GET /idp/myaccount/webauthn`.
pub(super) async fn list(State(org): State<Org>, caller: Caller) -> Result<Json<Value>, ApiError> {
    Ok(Json(passkeys(&org, &caller)?.into()))
}

/// `GET /idp/myaccount/webauthn/{id}`.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let found = passkeys(&org, &caller)?
        .into_iter()
        .find(|one| one["id"] == id.as_str());
    found
        .map(Json)
        .ok_or_else(|| ApiError::not_found("WebAuthnEnrollment", &id))
}
