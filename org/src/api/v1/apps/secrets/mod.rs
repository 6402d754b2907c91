//! The secrets of an app: one for use, and one to follow it.

mod create;
mod delete;
mod get;
mod lifecycle;
mod list;
mod view;

use rusqlite::Connection;

use super::find_app;
use crate::api::{ApiError, Resource, Rights, Table};
use crate::apps::{AppRecord, SecretRecord, TokenEndpointAuthMethod, find_secret};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Apps);
    const MANAGE: Rights = Rights::manage(Resource::Apps);
    const ALL: &str = "/api/v1/apps/{appId}/credentials/secrets";
    const ONE: &str = "/api/v1/apps/{appId}/credentials/secrets/{secretId}";
    table
        .get(ALL, "listOAuth2ClientSecrets", READ, list::list)
        .post(ALL, "createOAuth2ClientSecret", MANAGE, create::create)
        .get(ONE, "getOAuth2ClientSecret", READ, get::get)
        .delete(ONE, "deleteOAuth2ClientSecret", MANAGE, delete::delete)
        .post(
            "/api/v1/apps/{appId}/credentials/secrets/{secretId}/lifecycle/activate",
            "activateOAuth2ClientSecret",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/apps/{appId}/credentials/secrets/{secretId}/lifecycle/deactivate",
            "deactivateOAuth2ClientSecret",
            MANAGE,
            lifecycle::deactivate,
        )
}

/// The app and a secret of it, else `E0000007`.
fn find(db: &Connection, app: &str, secret: &str) -> Result<(AppRecord, SecretRecord), ApiError> {
    let app = find_app(db, app)?;
    let found = find_secret(db, &app.id, secret)?
        .ok_or_else(|| ApiError::not_found("OAuth2ClientSecret", secret))?;
    Ok((app, found))
}

/// Okta's limits, in characters; an HMAC key must have as many bits as its hash (RFC 7518 §3.2).
const LENGTH: std::ops::RangeInclusive<usize> = 14..=100;
const SHORTEST_KEY: usize = 32;

/// Whether somebody's own text can be a secret of an app that authenticates so.
pub(super) fn check_text(method: TokenEndpointAuthMethod, text: &str) -> Result<(), ApiError> {
    let length = text.chars().count();
    let is_key = method == TokenEndpointAuthMethod::ClientSecretJwt;
    if !LENGTH.contains(&length) || (is_key && length < SHORTEST_KEY) {
        return Err(ApiError::invalid(
            "client_secret",
            "The secret must have 14 to 100 characters, and at least 32 for 'client_secret_jwt'",
        ));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ApiError::invalid(
            "client_secret",
            "The secret must be made of the visible characters of ASCII",
        ));
    }
    Ok(())
}
