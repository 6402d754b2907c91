use axum::Json;
use serde_json::Value;

use super::super::find_app;
use super::super::view::target as app_target;
use super::assign::{AppUserBody, Scope};
use super::record::held;
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::apps::put_user;
use crate::events::{Event, EventType};

/// `POST /api/v1/apps/{appId}/users/{userId}`: changes the name or the profile; what is left out stays.
///
/// Somebody who has the app by a group gets it for themselves when the request says so by `scope`, and not by accident: it would
/// stay theirs after they left the group.
pub(super) async fn update(
    change: Change,
    Path((id, user)): Path<(String, String)>,
    Body(body): Body<AppUserBody>,
) -> Result<Json<Value>, ApiError> {
    let scope = body.scope;
    let terms = body.terms()?;
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            let before = held(writing.db, &app.id, &user)?;
            if before.group.is_some() && scope != Some(Scope::User) {
                return Err(ApiError::invalid(
                    "scope",
                    "The user has the app by a group: send USER to assign it to the user alone",
                ));
            }
            put_user(writing.db, &app.id, &before.user_id, &terms, writing.now)?;
            let held = held(writing.db, &app.id, &user)?;
            let event = Event::of(EventType::AppMembershipUpdate);
            writing.log(event.to(target(&held)).to(app_target(&app)))?;
            Ok(Json(view(&app.id, &held, writing.url)))
        })
        .await
}
