use axum::extract::FromRequestParts;
use http::request::Parts;
use model::ErrorCode;
use serde::de::DeserializeOwned;

use super::ApiError;

/// The parameters of a path. One that is not text in UTF-8 names nothing that exists.
#[derive(Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(parameters)| Self(parameters))
            .map_err(|_| ApiError::new(ErrorCode::PathNotFound))
    }
}
