use axum::Json;
use serde_json::Value;

use super::super::{reload, server_of};
use super::body::ServerBody;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::events::{Event, EventType};
use crate::oauth::server::{ServerRecord, update_server};

/// `PUT /api/v1/authorizationServers/{authServerId}`.
pub(super) async fn replace(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<ServerBody>,
) -> Result<Json<Value>, ApiError> {
    let checked = body.checked()?;
    reload::run(change, move |writing| {
        let before = server_of(writing.db, &id)?;
        checked.check(writing.db, Some(&before.id))?;
        let server = ServerRecord {
            name: checked.name,
            description: checked.description,
            audience: checked.audience,
            issuer_mode: checked.issuer_mode.unwrap_or(before.issuer_mode),
            rotation_mode: checked.rotation_mode.unwrap_or(before.rotation_mode),
            updated_at: writing.now,
            ..before
        };
        update_server(writing.db, &server)?;
        writing.log(Event::of(EventType::ServerUpdate).to(target(&server)))?;
        Ok(Json(view(writing.db, &server, writing.url)?))
    })
    .await
}
