use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::record::{find_phone, phones_of};
use crate::Org;
use crate::api::v1::my_account::find_own;
use crate::api::{ApiError, Caller, Path};

/// `GET /idp/myaccount/phones`.
pub(super) async fn list(State(org): State<Org>, caller: Caller) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &caller)))??;
    let phones = org.store().read(|db| phones_of(db, &user))?;
    Ok(Json(
        phones.iter().map(|phone| phone.view(org.url())).collect(),
    ))
}

/// `GET /idp/myaccount/phones/{id}`.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &caller)))??;
    let phone = org.store().read(|db| Ok(find_phone(db, &user, &id)))??;
    Ok(Json(phone.view(org.url())))
}
