use axum::Json;
use model::ErrorCode;
use serde_json::{Value, json};

use super::found::{Found, StateBody};
use super::view::of_transaction;
use crate::api::{ApiError, Body, Change};
use crate::sign_in::{Missing, choose_factor, end_transaction};

/// `POST /api/v1/authn/cancel`: ends the transaction.
pub(super) async fn cancel(
    change: Change,
    Body(body): Body<StateBody>,
) -> Result<Json<Value>, ApiError> {
    let found = Found::by(change.org(), &change.caller, &body.state_token)?;
    change
        .run(move |writing| {
            if end_transaction(writing.db, found.transaction.token)? {
                Ok(Json(json!({})))
            } else {
                Err(ApiError::new(ErrorCode::InvalidToken))
            }
        })
        .await
}

/// `POST /api/v1/authn/previous`: goes back to the choice of a factor.
pub(super) async fn previous(
    change: Change,
    Body(body): Body<StateBody>,
) -> Result<Json<Value>, ApiError> {
    let org = change.org().clone();
    let mut found = Found::by(&org, &change.caller, &body.state_token)?;
    found.needs(Missing::Factor)?;
    if found.transaction.factor.take().is_none() {
        return Err(ApiError::new(ErrorCode::WrongState));
    }
    let token = found.transaction.token;
    change
        .run(move |writing| Ok(choose_factor(writing.db, token, None)?))
        .await?;
    of_transaction(&org, &found).map(Json)
}
