use axum::Json;
use http::StatusCode;
use model::AuthorizationServerId;
use serde_json::Value;

use super::super::{keys, reload, server_of};
use super::body::ServerBody;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change};
use crate::events::{Event, EventType};
use crate::failure::Failure;
use crate::oauth::keys::store_keys;
use crate::oauth::server::{
    IssuerMode, RotationMode, ServerRecord, create_server, list_servers, store_stock,
};

/// Each has keys that are held in memory.
const MOST: usize = 100;

/// `POST /api/v1/authorizationServers`.
pub(super) async fn create(
    change: Change,
    Body(body): Body<ServerBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let checked = body.checked()?;
    let [current, next] = [keys::generate().await?, keys::generate().await?];
    reload::run(change, move |writing| {
        checked.check(writing.db, None)?;
        if list_servers(writing.db)?.len() >= MOST {
            return Err(ApiError::invalid("name", "The org has 100 servers"));
        }
        let server = ServerRecord {
            id: AuthorizationServerId::generate(writing.entropy).to_string(),
            name: checked.name,
            description: checked.description,
            audience: checked.audience,
            is_default: false,
            is_active: true,
            issuer_mode: checked.issuer_mode.unwrap_or(IssuerMode::OrgUrl),
            rotation_mode: checked.rotation_mode.unwrap_or(RotationMode::Auto),
            rotated_at: writing.now,
            created_at: writing.now,
            updated_at: writing.now,
        };
        create_server(writing.db, &server)?;
        store_stock(writing.db, &server.id, writing.entropy)?;
        let pair = [current.as_slice(), &next];
        store_keys(writing.db, writing.sealer, &server.id, pair, writing.now)
            .map_err(Failure::from)?;
        let server = server_of(writing.db, &server.id)?;
        writing.log(Event::of(EventType::ServerCreate).to(target(&server)))?;
        let view = view(writing.db, &server, writing.url)?;
        Ok((StatusCode::CREATED, Json(view)))
    })
    .await
}
