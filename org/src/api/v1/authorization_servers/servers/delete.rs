use http::StatusCode;

use super::super::{reload, server_of};
use super::view::target;
use crate::api::{ApiError, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::delete_server;

/// `DELETE /api/v1/authorizationServers/{authServerId}`. What it issued ends with it; `default` stays.
pub(super) async fn delete(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    reload::run(change, move |writing| {
        let server = server_of(writing.db, &id)?;
        if server.is_default {
            return Err(ApiError::forbidden());
        }
        delete_server(writing.db, &server.id)?;
        writing.log(Event::of(EventType::ServerDelete).to(target(&server)))?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
