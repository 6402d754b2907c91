use axum::Json;
use http::StatusCode;
use model::AppGrantId;
use serde::Deserialize;
use serde_json::Value;

use super::super::find_app;
use super::super::view::target;
use super::record::{self, GrantRecord, find_by_scope};
use super::view::view;
use crate::api::{ApiError, Body, Change, Path, is_grantable};
use crate::events::{Event, EventType};

/// Which scope, of which server.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GrantBody {
    scope_id: String,
    issuer: String,
}

/// `POST /api/v1/apps/{appId}/grants`. A scope that the app has already stays as it was granted first.
pub(super) async fn grant(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<GrantBody>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            if body.issuer.trim_end_matches('/') != writing.url.to("") {
                return Err(ApiError::invalid(
                    "issuer",
                    "The issuer is the org's own authorization server",
                ));
            }
            if !is_grantable(&body.scope_id) {
                return Err(ApiError::invalid(
                    "scopeId",
                    "The org's own authorization server has no such scope",
                ));
            }
            if let Some(known) = find_by_scope(writing.db, &app.id, &body.scope_id)? {
                return Ok((StatusCode::CREATED, Json(view(&known, writing.url, false))));
            }
            let grant = GrantRecord {
                id: AppGrantId::generate(writing.entropy),
                app_id: app.id.clone(),
                scope: body.scope_id,
                issuer: body.issuer,
                user_id: writing.caller.user.as_ref().map(ToString::to_string),
                created_at: writing.now,
            };
            record::create(writing.db, &grant)?;
            let event = Event::of(EventType::ScopeGrant).to(target(&app));
            writing.log(event.debug("scope", grant.scope.as_str()))?;
            Ok((StatusCode::CREATED, Json(view(&grant, writing.url, false))))
        })
        .await
}
