//! The inbox: reading it, waiting for the next message, trying it out, clearing it.

mod entry;
mod mail;
mod page;
mod trial;
mod wanted;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use tokio::time::timeout;

use super::answer::{Refusal, see_other, wants_json};
use super::change::{Change, SameOrigin};
use crate::failure::Failure;
use crate::inbox::{Message, delete_messages, find_messages, last_message_id};
use crate::{Org, paths};

use entry::Entries;
use wanted::Wanted;

pub(super) use mail::mail;
pub(super) use trial::send;

/// `GET /dev/inbox`: a page, or JSON for those who accept only that.
pub(super) async fn list(
    State(org): State<Org>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    if wants_json(&headers) {
        as_json(&org, &query).await
    } else {
        page::render(&org, &Wanted::parse(&query, page::LENGTH)?)
    }
}

/// `GET /dev/inbox.json`.
pub(super) async fn list_json(
    State(org): State<Org>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    as_json(&org, &query.unwrap_or_default()).await
}

async fn as_json(org: &Org, query: &str) -> Result<Response, Refusal> {
    let wanted = Wanted::parse(query, wanted::DEFAULT_LIMIT)?;
    let messages = wait_for(org, &wanted).await?;
    let last = match messages.first() {
        Some(newest) => newest.id,
        None => match wanted.filter.after {
            Some(after) => after,
            None => org.store().read(last_message_id)?,
        },
    };
    Ok(Json(Entries::new(&messages, last)).into_response())
}

/// The messages that there are. If there are none, those that come first, for as long as the client waits.
async fn wait_for(org: &Org, wanted: &Wanted) -> Result<Vec<Message>, Failure> {
    let mut announcements = org.inbox().listen();
    let found = timeout(wanted.wait, async {
        loop {
            let found = org.store().read(|db| find_messages(db, &wanted.filter))?;
            if !found.is_empty() || !announcements.heard().await {
                return Ok(found);
            }
        }
    });
    found.await.unwrap_or_else(|_| Ok(Vec::new()))
}

/// `DELETE /dev/inbox`, of everybody or of the one that `to` names.
pub(super) async fn clear(
    State(org): State<Org>,
    _: SameOrigin,
    RawQuery(query): RawQuery,
) -> Result<StatusCode, Refusal> {
    let wanted = Wanted::parse(&query.unwrap_or_default(), wanted::DEFAULT_LIMIT)?;
    delete(&org, wanted.filter.to).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /dev/inbox/clear`: the same for a form.
pub(super) async fn clear_by_form(
    State(org): State<Org>,
    change: Change,
) -> Result<Response, Refusal> {
    let to = change.text("to").map(str::to_owned);
    delete(&org, to).await?;
    Ok(see_other(paths::DEV_INBOX))
}

async fn delete(org: &Org, to: Option<String>) -> Result<usize, Failure> {
    org.store()
        .write(move |db| delete_messages(db, to.as_deref()).map_err(Failure::from))
        .await
}
