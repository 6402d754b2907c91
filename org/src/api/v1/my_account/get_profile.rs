use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::{custom_now, find_own, view};
use crate::Org;
use crate::api::{ApiError, Caller};

/// `GET /idp/myaccount/profile`.
pub(super) async fn get(State(org): State<Org>, caller: Caller) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &caller)))??;
    Ok(Json(view(&user, &custom_now(&org)?, &org)))
}
