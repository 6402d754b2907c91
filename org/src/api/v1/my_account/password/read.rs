use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::view;
use crate::Org;
use crate::api::v1::my_account::find_own;
use crate::api::{ApiError, Caller};

/// `GET /idp/myaccount/password`.
pub(super) async fn get(State(org): State<Org>, caller: Caller) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &caller)))??;
    Ok(Json(view(&user, org.url())))
}
