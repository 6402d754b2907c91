use http::StatusCode;

use super::super::{reload, server_of};
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::update_server;

/// `POST …/lifecycle/activate`.
pub(super) async fn activate(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    switch(change, id, true).await
}

/// `POST …/lifecycle/deactivate`: its addresses answer no more.
pub(super) async fn deactivate(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    switch(change, id, false).await
}

async fn switch(change: Change, id: String, is_active: bool) -> Result<StatusCode, ApiError> {
    reload::run(change, move |writing| {
        let mut server = server_of(writing.db, &id)?;
        server.is_active = is_active;
        server.updated_at = writing.now;
        update_server(writing.db, &server)?;
        let event = if is_active {
            EventType::ServerActivate
        } else {
            EventType::ServerDeactivate
        };
        writing.log(Event::of(event).to(target(&server)))?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
