use jiff::Timestamp;
use model::{AppId, GroupId, UserId};
use rusqlite::{Connection, OptionalExtension as _, named_params};
use std::collections::BTreeSet;

use super::{ApplicationType, TokenEndpointAuthMethod, origin_of};
use crate::store::{Json, Moment, parsed};

/// An app to be registered.
#[derive(Debug, Clone)]
pub(crate) struct NewApp {
    pub(crate) id: AppId,
    pub(crate) label: String,
    pub(crate) application_type: ApplicationType,
    pub(crate) token_endpoint_auth_method: TokenEndpointAuthMethod,
    pub(crate) secret_sealed: Option<Vec<u8>>,
    pub(crate) pkce_required: bool,
    pub(crate) grant_types: Vec<String>,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) post_logout_redirect_uris: Vec<String>,
}

/// What a registered URI is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UriKind {
    /// Answers of the authorize endpoint may go there.
    Redirect,
    /// A signed-out person may be sent there.
    PostLogout,
}

impl UriKind {
    /// The name in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Redirect => "REDIRECT",
            Self::PostLogout => "POST_LOGOUT",
        }
    }
}

/// Under which label the secret of an app is sealed.
pub(crate) fn secret_label(id: &AppId) -> String {
    format!("client secret of {id}")
}

pub(crate) fn create_app(
    connection: &Connection,
    app: &NewApp,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO apps (id, label, status, application_type, token_endpoint_auth_method, secret_sealed, \
             pkce_required, grant_types, created_at) \
             VALUES (:id, :label, 'ACTIVE', :type, :method, :secret, :pkce, :grants, :now)",
        )?
        .execute(named_params! {
            ":id": app.id.as_str(),
            ":label": app.label,
            ":type": app.application_type.as_str(),
            ":method": app.token_endpoint_auth_method.as_str(),
            ":secret": app.secret_sealed,
            ":pkce": app.pkce_required,
            ":grants": Json(&app.grant_types),
            ":now": Moment(now),
        })?;
    replace_uris(connection, &app.id, UriKind::Redirect, &app.redirect_uris)?;
    replace_uris(
        connection,
        &app.id,
        UriKind::PostLogout,
        &app.post_logout_redirect_uris,
    )
}

/// Makes `uris` the app's only URIs of this kind. Nothing is written when they are that already.
pub(crate) fn replace_uris(
    connection: &Connection,
    app: &AppId,
    kind: UriKind,
    uris: &[String],
) -> rusqlite::Result<()> {
    if list_uris(connection, app, kind)? == uris.iter().cloned().collect() {
        return Ok(());
    }
    connection
        .prepare_cached("DELETE FROM app_uris WHERE app_id = ?1 AND kind = ?2")?
        .execute((app.as_str(), kind.as_str()))?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO app_uris (app_id, kind, uri, origin) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for uri in uris {
        insert.execute((app.as_str(), kind.as_str(), uri, origin_of(uri)))?;
    }
    Ok(())
}

fn list_uris(
    connection: &Connection,
    app: &AppId,
    kind: UriKind,
) -> rusqlite::Result<BTreeSet<String>> {
    connection
        .prepare_cached("SELECT uri FROM app_uris WHERE app_id = ?1 AND kind = ?2")?
        .query_map((app.as_str(), kind.as_str()), |row| row.get(0))?
        .collect()
}

pub(crate) fn find_app_by_label(
    connection: &Connection,
    label: &str,
) -> rusqlite::Result<Option<AppId>> {
    connection
        .prepare_cached("SELECT id FROM apps WHERE label = ?1 ORDER BY created_at LIMIT 1")?
        .query_row([label], |row| parsed(row, 0))
        .optional()
}

pub(crate) fn assign_group(
    connection: &Connection,
    app: &AppId,
    group: &GroupId,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO app_groups (app_id, group_id) VALUES (?1, ?2)")?
        .execute((app.as_str(), group.as_str()))?;
    Ok(())
}

pub(crate) fn assign_user(
    connection: &Connection,
    app: &AppId,
    user: &UserId,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO app_users (app_id, user_id) VALUES (?1, ?2)")?
        .execute((app.as_str(), user.as_str()))?;
    Ok(())
}
