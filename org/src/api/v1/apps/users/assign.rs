use axum::Json;
use model::{ErrorCode, UserId};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::find_app;
use super::super::view::target as app_target;
use super::record::{find, held};
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Path};
use crate::apps::{UserTerms, put_user};
use crate::directory::{UserStatus, find_user_status};
use crate::events::{Event, EventType};

/// Who gets the app, and on which terms.
#[derive(Debug, Deserialize)]
pub(super) struct AppUserBody {
    pub(super) id: Option<String>,
    pub(super) scope: Option<Scope>,
    pub(super) credentials: Option<Credentials>,
    pub(super) profile: Option<Map<String, Value>>,
}

/// By which way the user has the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Scope {
    User,
    Group,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Credentials {
    user_name: Option<String>,
    password: Option<Password>,
}

#[derive(Debug, Deserialize)]
struct Password {
    value: Option<SecretString>,
}

/// Okta's limit, in characters.
const USER_NAME: usize = 100;

impl AppUserBody {
    /// The terms, if they can be those of an OpenID Connect app.
    pub(super) fn terms(self) -> Result<UserTerms, ApiError> {
        let mut user_name = None;
        if let Some(credentials) = self.credentials {
            let password = credentials.password.and_then(|password| password.value);
            if password.is_some() {
                return Err(ApiError::invalid(
                    "credentials.password",
                    "An OpenID Connect app has no passwords of its own",
                ));
            }
            user_name = credentials.user_name;
        }
        if let Some(name) = &user_name
            && (name.trim().is_empty() || name.chars().count() > USER_NAME)
        {
            return Err(ApiError::invalid(
                "credentials.userName",
                "The name must have 1 to 100 characters",
            ));
        }
        Ok(UserTerms {
            user_name,
            profile: self.profile,
        })
    }
}

/// `POST /api/v1/apps/{appId}/users`. Somebody who has the app by a group gets it for themselves.
pub(super) async fn assign(
    change: Change,
    Path(id): Path<String>,
    Body(body): Body<AppUserBody>,
) -> Result<Json<Value>, ApiError> {
    let user = body.id.clone().unwrap_or_default();
    if user.is_empty() {
        return Err(ApiError::invalid("id", "The field cannot be left blank"));
    }
    if body.scope == Some(Scope::Group) {
        return Err(ApiError::invalid(
            "scope",
            "Groups get an app by PUT /api/v1/apps/{appId}/groups/{groupId}",
        ));
    }
    let terms = body.terms()?;
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            let user_id = UserId::parse(&*user).map_err(|_| ApiError::not_found("User", &user))?;
            let status = find_user_status(writing.db, &user_id)?;
            match status.ok_or_else(|| ApiError::not_found("User", &user))? {
                UserStatus::Staged | UserStatus::Deprovisioned => {
                    return Err(ApiError::new(ErrorCode::CannotAssign));
                }
                _ => {}
            }
            if find(writing.db, &app.id, &user)?.is_some_and(|held| held.group.is_none()) {
                return Err(ApiError::new(ErrorCode::AlreadyAssigned));
            }
            put_user(writing.db, &app.id, &user_id, &terms, writing.now)?;
            let held = held(writing.db, &app.id, &user)?;
            let event = Event::of(EventType::AppMembershipAdd);
            writing.log(event.to(target(&held)).to(app_target(&app)))?;
            Ok(Json(view(&app.id, &held, writing.url)))
        })
        .await
}
