//! What a user has: apps, and what apps may do for them.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::MANAGE;
use super::lifecycle::subject;
use super::record::find_user;
use crate::Org;
use crate::api::v1::apps::find_app;
use crate::api::{Access, ApiError, Caller, Change, Listing, Path, Resource, Rights, Table};
use crate::apps::AppRecord;
use crate::authenticator::attempts;
use crate::directory::{UserStatus, revoke_tokens};
use crate::events::{Event, EventType};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Users);
    const READ_OR_ME: Rights = Rights::AdminOrMe(Resource::Users, Access::Read);
    const GRANTS: &str = "/api/v1/users/{userId}/grants";
    const GRANT: &str = "/api/v1/users/{userId}/grants/{grantId}";
    table
        .get(
            "/api/v1/users/{id}/appLinks",
            "listAppLinks",
            READ_OR_ME,
            app_links,
        )
        .get("/api/v1/users/{id}/blocks", "listUserBlocks", READ, blocks)
        .get(
            "/api/v1/users/{userId}/clients",
            "listUserClients",
            READ,
            clients,
        )
        .get(GRANTS, "listUserGrants", READ, nothing)
        .delete(GRANTS, "revokeUserGrants", MANAGE, revoke)
        .get(GRANT, "getUserGrant", READ, no_grant)
        .delete(GRANT, "revokeUserGrant", MANAGE, no_grant)
        .get(
            "/api/v1/users/{id}/idps",
            "listUserIdentityProviders",
            READ,
            nothing,
        )
        .get(
            "/api/v1/users/{userId}/devices",
            "listUserDevices",
            READ,
            nothing,
        )
}

/// `GET /api/v1/users/{id}/appLinks`: the active apps that the user may use.
async fn app_links(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let apps = org
        .store()
        .read(|db| Ok(apps_of(db, &caller, &id, "issue_facts")))??;
    let links = apps.iter().enumerate().map(|(place, app)| {
        json!({
            "id": app.id,
            "label": app.registration.label,
            "linkUrl": app.registration.settings.initiate_login_uri.as_deref().unwrap_or(org.url().as_str()),
            "logoUrl": org.url().to(crate::paths::ICON),
            "appName": "oidc_client",
            "appInstanceId": app.id,
            "credentialsSetup": false,
            "hidden": app.registration.presentation.visibility.hide.web,
            "sortOrder": place,
        })
    });
    Ok(Json(links.collect()))
}

/// `GET /api/v1/users/{userId}/clients`: the apps that hold tokens of the user.
async fn clients(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let apps = org
        .store()
        .read(|db| Ok(apps_of(db, &caller, &id, TOKENS)))??;
    let url = org.url();
    let items = apps.iter().map(|app| {
        let own = format!("/users/{id}/clients/{}", app.id);
        json!({
            "client_id": app.id,
            "client_name": app.registration.label,
            "client_uri": null,
            "logo_uri": null,
            "_links": {
                "grants": crate::api::hinted(url, &format!("{own}/grants"), &["GET", "DELETE"]),
                "tokens": crate::api::hinted(url, &format!("{own}/tokens"), &["GET", "DELETE"]),
            },
        })
    });
    Ok(listing.whole(items.collect()))
}

/// All that apps hold of users.
const TOKENS: &str = "(SELECT user_id, app_id, revoked_at FROM access_tokens \
     UNION ALL SELECT user_id, app_id, revoked_at FROM refresh_grants)";

/// The apps that a table of users and apps connects with the user, by label.
fn apps_of(
    db: &Connection,
    caller: &Caller,
    id: &str,
    table: &str,
) -> Result<Vec<AppRecord>, ApiError> {
    let user = find_user(db, caller, id)?;
    let condition = match table {
        "issue_facts" => "is_assigned AND app_status = 'ACTIVE'",
        _ => "revoked_at IS NULL",
    };
    let ids: Vec<String> = db
        .prepare_cached(&format!(
            "SELECT DISTINCT apps.id FROM {table} JOIN apps ON apps.id = app_id \
             WHERE user_id = ?1 AND {condition} ORDER BY label, apps.id"
        ))?
        .query_map([user.id.as_str()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    ids.iter().map(|id| find_app(db, id)).collect()
}

/// `GET /api/v1/users/{id}/blocks`: whether attempts of the user are not looked at.
async fn blocks(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let (user, has_failures) = org.store().read(|db| {
        let user = match find_user(db, &caller, &id) {
            Ok(user) => user,
            Err(error) => return Ok(Err(error)),
        };
        let has_failures = attempts::has_failures(db, &user.id)?;
        Ok(Ok((user, has_failures)))
    })??;
    let is_locked = user.status == UserStatus::LockedOut && has_failures;
    Ok(Json(if is_locked {
        json!([{"type": "DEVICE_BASED", "appliesTo": "ANY_DEVICES"}])
    } else {
        json!([])
    }))
}

/// A list that is empty for every user: the org keeps no consent, no other identity providers and no registered devices.
async fn nothing(
    State(org): State<Org>,
    caller: Caller,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    org.store().read(|db| Ok(find_user(db, &caller, &id)))??;
    Ok(listing.whole(Vec::new()))
}

/// `GET` and `DELETE /api/v1/users/{userId}/grants/{grantId}`: the org keeps no consent, so there is none of that id.
async fn no_grant(
    State(org): State<Org>,
    caller: Caller,
    Path((user, grant)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    org.store().read(|db| Ok(find_user(db, &caller, &user)))??;
    Err(ApiError::not_found("OAuth2ScopeConsentGrant", &grant))
}

/// `DELETE /api/v1/users/{userId}/grants`: what apps hold by them goes as well.
async fn revoke(change: Change, Path(id): Path<String>) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            revoke_tokens(writing.db, &user.id, writing.now)?;
            writing.log(Event::of(EventType::TokenRevoke).to(user.target()))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
