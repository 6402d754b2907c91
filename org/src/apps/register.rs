use jiff::Timestamp;
use model::AppId;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};

use super::secret::{NewSecret, create_secret};
use super::{
    ApplicationType, ClientSettings, Presentation, TokenEndpointAuthMethod, UriKind, list_uris,
    replace_uris,
};
use crate::policy::Status;
use crate::store::{Json, Moment, parsed};

/// What somebody decides about an app. All of it can be replaced later.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Registration {
    pub(crate) label: String,
    pub(crate) application_type: ApplicationType,
    pub(crate) token_endpoint_auth_method: TokenEndpointAuthMethod,
    pub(crate) pkce_required: bool,
    pub(crate) grant_types: Vec<String>,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) post_logout_redirect_uris: Vec<String>,
    pub(crate) settings: ClientSettings,
    pub(crate) presentation: Presentation,
    /// Whether everybody has the app, without an assignment.
    pub(crate) implicit_assignment: bool,
}

/// An app to be registered.
#[derive(Debug, Clone)]
pub(crate) struct NewApp {
    pub(crate) id: AppId,
    pub(crate) status: Status,
    pub(crate) registration: Registration,
    pub(crate) secret: Option<NewSecret>,
}

/// An app as the database has it.
#[derive(Debug, Clone)]
pub(crate) struct AppRecord {
    pub(crate) id: AppId,
    pub(crate) status: Status,
    pub(crate) registration: Registration,
    /// Whether it is told when somebody is to be signed out of everything.
    pub(crate) has_universal_logout: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

pub(crate) fn create_app(db: &Connection, app: &NewApp, now: Timestamp) -> rusqlite::Result<()> {
    let new = &app.registration;
    db.prepare_cached(
        "INSERT INTO apps (id, label, status, application_type, token_endpoint_auth_method, pkce_required, \
         grant_types, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        app.id.as_str(),
        &new.label,
        app.status.as_str(),
        new.application_type.as_str(),
        new.token_endpoint_auth_method.as_str(),
        new.pkce_required,
        Json(&new.grant_types),
        Moment(now),
    ))?;
    save_registration(db, &app.id, new, now)?;
    match &app.secret {
        Some(secret) => create_secret(db, &app.id, secret, Status::Active, now),
        None => Ok(()),
    }
}

/// Replaces all that was decided about an app.
pub(crate) fn save_registration(
    db: &Connection,
    id: &AppId,
    registration: &Registration,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE apps SET label = :label, application_type = :type, token_endpoint_auth_method = :method, \
         pkce_required = :pkce, grant_types = :grants, client = :client, presentation = :presentation, \
         implicit_assignment = :implicit, updated_at = :now WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id.as_str(),
        ":label": registration.label,
        ":type": registration.application_type.as_str(),
        ":method": registration.token_endpoint_auth_method.as_str(),
        ":pkce": registration.pkce_required,
        ":grants": Json(&registration.grant_types),
        ":client": Json(&registration.settings),
        ":presentation": Json(&registration.presentation),
        ":implicit": registration.implicit_assignment,
        ":now": Moment(now),
    })?;
    let redirect = &registration.redirect_uris;
    let post_logout = &registration.post_logout_redirect_uris;
    replace_uris(db, id, UriKind::Redirect, redirect)?;
    replace_uris(db, id, UriKind::PostLogout, post_logout)
}

/// The columns that [`app_from_row`] reads.
pub(crate) const APP_COLUMNS: &str = "apps.id, apps.status, apps.label, apps.application_type, \
    apps.token_endpoint_auth_method, apps.pkce_required, apps.grant_types, apps.client, apps.presentation, \
    apps.implicit_assignment, apps.created_at, apps.updated_at, apps.universal_logout IS NOT NULL";

/// The app of a row. Its URIs stand in a table of their own.
pub(crate) fn app_from_row(db: &Connection, row: &Row<'_>) -> rusqlite::Result<AppRecord> {
    let id: AppId = parsed(row, 0)?;
    Ok(AppRecord {
        status: parsed(row, 1)?,
        registration: Registration {
            label: row.get(2)?,
            application_type: parsed(row, 3)?,
            token_endpoint_auth_method: parsed(row, 4)?,
            pkce_required: row.get(5)?,
            grant_types: row.get::<_, Json<Vec<String>>>(6)?.0,
            redirect_uris: list_uris(db, &id, UriKind::Redirect)?,
            post_logout_redirect_uris: list_uris(db, &id, UriKind::PostLogout)?,
            settings: row.get::<_, Json<ClientSettings>>(7)?.0,
            presentation: row.get::<_, Json<Presentation>>(8)?.0,
            implicit_assignment: row.get(9)?,
        },
        created_at: row.get::<_, Moment>(10)?.0,
        updated_at: row.get::<_, Moment>(11)?.0,
        has_universal_logout: row.get(12)?,
        id,
    })
}

/// The app with this id, whatever its status.
pub(crate) fn find_app_record(db: &Connection, id: &str) -> rusqlite::Result<Option<AppRecord>> {
    db.prepare_cached(&format!("SELECT {APP_COLUMNS} FROM apps WHERE id = ?1"))?
        .query_row([id], |row| app_from_row(db, row))
        .optional()
}

/// Lets the protocol endpoints know the app, or no longer.
pub(crate) fn set_app_status(
    db: &Connection,
    id: &AppId,
    status: Status,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE apps SET status = ?2, updated_at = ?3 WHERE id = ?1")?
        .execute((id.as_str(), status.as_str(), Moment(now)))?;
    Ok(())
}

/// Deletes an app with all that belongs to it.
pub(crate) fn delete_app(db: &Connection, id: &AppId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM apps WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}

/// Ends what the app holds: codes, tokens, and sign-ins that were begun for it.
pub(crate) fn end_all_of(db: &Connection, id: &AppId, now: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM authorization_codes WHERE app_id = ?1")?
        .execute([id.as_str()])?;
    for table in ["access_tokens", "refresh_grants"] {
        db.prepare_cached(&format!(
            "UPDATE {table} SET revoked_at = ?2 WHERE app_id = ?1 AND revoked_at IS NULL"
        ))?
        .execute((id.as_str(), Moment(now)))?;
    }
    db.prepare_cached("DELETE FROM interactions WHERE json_extract(request, '$.app_id') = ?1")?
        .execute([id.as_str()])?;
    Ok(())
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
