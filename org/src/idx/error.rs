use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::RETRY_AFTER;
use serde_json::{Value, json};

use super::message::{Said, said};
use crate::failure::Failure;
use crate::interaction::Message;

/// Why a request is not answered by the present step of an interaction.
#[derive(Debug)]
pub(super) enum IdxError {
    /// There is no such interaction, or not any more.
    Expired,
    /// Too many wrong answers came from this address.
    TooMany,
    /// The org is at fault.
    Failed(Failure),
}

impl<E> From<E> for IdxError
where
    Failure: From<E>,
{
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl IntoResponse for IdxError {
    fn into_response(self) -> Response {
        match self {
            Self::Expired => answer(&Message::SessionExpired),
            Self::TooMany => {
                ([(RETRY_AFTER, "10")], answer(&Message::TooManyAttempts)).into_response()
            }
            Self::Failed(failure) => failure.into_response(),
        }
    }
}

/// A message and nothing else. Clients read it as JSON only where it says so.
fn answer(message: &Message) -> Response {
    let Some(said) = said(message, "", "") else {
        return http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    (said.status, Json(body(&said))).into_response()
}

fn body(said: &Said) -> Value {
    json!({
        "version": "1.0.0",
        "messages": { "type": "array", "value": [said.to_json()] },
    })
}
