use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, PRAGMA};
use http::{HeaderValue, StatusCode};
use serde_json::json;

use super::{Dialogue, Reply, factor, refusal};
use crate::interaction::{Message, Stage};
use crate::oauth::authorize::{AuthorizationRequest, SignedIn};
use crate::oauth::error::EndpointError;

/// What comes of an answer, for a client.
#[derive(Debug)]
pub(super) enum Next {
    Tokens(Box<AuthorizationRequest>, SignedIn),
    /// It was right, and another factor is asked for.
    SecondFactor,
}

impl Next {
    /// Reads a reply. `wrong`: what a client hears whose answer was not right.
    pub(super) fn of(
        dialogue: &Dialogue<'_>,
        reply: Reply,
        wrong: fn() -> EndpointError,
    ) -> Result<Self, EndpointError> {
        let interaction = match reply {
            Reply::Finished(request, signed_in) => return Ok(Self::Tokens(request, signed_in)),
            Reply::NotExpected => return Err(wrong()),
            Reply::Asked(interaction) => interaction,
        };
        let state = &interaction.state;
        let is_wrong = |message: &Message| {
            message.is_of_wrong_proof() || matches!(message, Message::Blank | Message::UsedTotp)
        };
        if state.notices.iter().any(|notice| is_wrong(&notice.message)) {
            return Err(wrong());
        }
        if matches!(state.stage, Stage::ReplaceExpiredPassword) {
            return Err(refusal::wrong_credentials());
        }
        if state
            .notices
            .iter()
            .any(|notice| notice.message == Message::AccessDenied)
        {
            return Err(refusal::denied());
        }
        let ways = factor::offered(&dialogue.screen(&interaction)?);
        if ways.into_iter().any(factor::is_direct) {
            Ok(Self::SecondFactor)
        } else {
            Err(refusal::assurance_not_met())
        }
    }
}

/// The refusal that is an invitation: with the token to go on by.
pub(super) fn mfa_required(dialogue: &Dialogue<'_>) -> Response {
    let body = json!({
        "error": "mfa_required",
        "error_description": "Verify with an additional authenticator to complete the sign-in process.",
        "mfa_token": dialogue.handle().expose(),
    });
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    (StatusCode::FORBIDDEN, headers, Json(body)).into_response()
}
