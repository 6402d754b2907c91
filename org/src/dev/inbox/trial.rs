use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use serde_json::json;
use url::Url;

use super::super::answer::{Refusal, see_other};
use super::super::change::{Change, Sender};
use crate::failure::Failure;
use crate::inbox::{Channel, last_message_id, messages, put};
use crate::{Org, branding, paths};

/// In characters: the longest mail address.
const LONGEST_RECIPIENT: usize = 320;

/// `POST /dev/inbox`: sends a message that says nothing, to see the inbox or the mail server at work.
pub(in super::super) async fn send(
    State(org): State<Org>,
    change: Change,
) -> Result<Response, Refusal> {
    let to = change
        .text("to")
        .map(str::trim)
        .filter(|to| !to.is_empty() && to.chars().count() <= LONGEST_RECIPIENT)
        .ok_or_else(|| Refusal::Invalid("to: expected an address or a number".to_owned()))?;
    let channel = Channel::try_from(change.text("channel").unwrap_or("EMAIL").to_owned())
        .map_err(|error| Refusal::Invalid(error.to_string()))?;
    let home = Url::parse(&org.url().to(paths::HOME))
        .map_err(|error| Refusal::Invalid(error.to_string()))?;
    let message = messages::trial(channel, to, &home, branding::NAME);
    let now = org.now();
    let id = org
        .store()
        .write(move |db| {
            put(db, &message, now)?;
            last_message_id(db).map_err(Failure::from)
        })
        .await?;
    org.inbox().announce();
    Ok(match change.from {
        Sender::Page => see_other(paths::DEV_INBOX),
        Sender::Program => (StatusCode::CREATED, Json(json!({ "id": id }))).into_response(),
    })
}
