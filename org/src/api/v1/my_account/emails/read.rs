use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::record::Email;
use crate::Org;
use crate::api::v1::my_account::find_own;
use crate::api::{ApiError, Caller, Path};

/// `GET /idp/myaccount/emails`.
pub(super) async fn list(State(org): State<Org>, caller: Caller) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &caller)))??;
    let email = org.store().read(|db| Email::of(db, &user))?;
    Ok(Json(json!([email.view(org.url())])))
}

/// `GET /idp/myaccount/emails/{id}`.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &caller)))??;
    let email = org.store().read(|db| Ok(Email::find(db, &user, &id)))??;
    Ok(Json(email.view(org.url())))
}
