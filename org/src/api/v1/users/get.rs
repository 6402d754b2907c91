use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;

use super::record::find_user;
use super::view::{Omitted, etag, view, without};
use crate::Org;
use crate::api::{ApiError, Caller, Path};

/// `GET /api/v1/users/{id}`.
pub(super) async fn get(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let user = org.store().read(|db| Ok(find_user(db, &caller, &id)))??;
    let shape = without(view(&user, &org), Omitted::read(&headers));
    Ok((etag(&user), Json(shape)).into_response())
}
