//! The public keys of an app.

mod add;
mod delete;
mod get;
mod lifecycle;
mod list;

use rusqlite::Connection;

use super::view::key_view;
use super::{find_app, find_to_change};
use crate::api::{ApiError, Resource, Rights, Table};
use crate::apps::{AppRecord, KeyRecord, find_key, list_keys};
use crate::policy::Status;

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Apps);
    const MANAGE: Rights = Rights::manage(Resource::Apps);
    const ALL: &str = "/api/v1/apps/{appId}/credentials/jwks";
    const ONE: &str = "/api/v1/apps/{appId}/credentials/jwks/{keyId}";
    table
        .get(ALL, "listJwk", READ, list::list)
        .post(ALL, "addJwk", MANAGE, add::add)
        .get(ONE, "getJwk", READ, get::get)
        .delete(ONE, "deletejwk", MANAGE, delete::delete)
        .post(
            "/api/v1/apps/{appId}/credentials/jwks/{keyId}/lifecycle/activate",
            "activateOAuth2ClientJsonWebKey",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/apps/{appId}/credentials/jwks/{keyId}/lifecycle/deactivate",
            "deactivateOAuth2ClientJsonWebKey",
            MANAGE,
            lifecycle::deactivate,
        )
}

/// The app and a key of it, else `E0000007`.
fn find(db: &Connection, app: &str, key: &str) -> Result<(AppRecord, KeyRecord), ApiError> {
    let app = find_app(db, app)?;
    let found = find_key(db, &app.id, key)?
        .ok_or_else(|| ApiError::not_found("OAuth2ClientJsonWebKey", key))?;
    Ok((app, found))
}

/// Whether the app could not show that it is itself without this key.
fn is_last(db: &Connection, app: &AppRecord, key: &KeyRecord) -> Result<bool, ApiError> {
    use crate::apps::TokenEndpointAuthMethod::PrivateKeyJwt;
    let registration = &app.registration;
    if registration.token_endpoint_auth_method != PrivateKeyJwt
        || registration.settings.jwks_uri.is_some()
    {
        return Ok(false);
    }
    let keys = list_keys(db, &app.id)?;
    Ok(!keys
        .iter()
        .any(|other| other.id != key.id && other.status == Status::Active))
}
