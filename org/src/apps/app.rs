use model::AppId;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::redirect_uri::{is_loopback_variant, is_wildcard_match};
use super::secret::active_secrets;
use super::{
    ApplicationType, ClientSettings, RefreshTokenSettings, TokenEndpointAuthMethod,
    WildcardRedirect,
};
use crate::store::{Json, parsed};

/// An app as the protocol endpoints see it. Its secrets stay sealed until a client presents one.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) id: AppId,
    pub(crate) application_type: ApplicationType,
    pub(crate) token_endpoint_auth_method: TokenEndpointAuthMethod,
    /// Each of them counts.
    pub(crate) secrets_sealed: Vec<Vec<u8>>,
    pub(crate) pkce_required: bool,
    pub(crate) grant_types: Vec<String>,
    pub(crate) settings: ClientSettings,
}

impl App {
    /// PKCE is required of every client without a secret, and of those registered so.
    pub(crate) const fn needs_pkce(&self) -> bool {
        self.pkce_required || !self.token_endpoint_auth_method.is_confidential()
    }

    /// Whether the registration allows the grant.
    pub(crate) fn has_grant(&self, grant_type: &str) -> bool {
        self.grant_types.iter().any(|granted| granted == grant_type)
    }

    /// What becomes of its refresh tokens: as it was decided, else as Okta decides.
    pub(crate) fn refresh_token_settings(&self) -> RefreshTokenSettings {
        let is_browser = self.application_type == ApplicationType::Browser;
        let usual = RefreshTokenSettings::usual(is_browser);
        self.settings.refresh_token.unwrap_or(usual)
    }
}

/// An active app by its `client_id`. A deactivated app is unknown to every protocol endpoint.
pub(crate) fn find_app(connection: &Connection, client_id: &str) -> rusqlite::Result<Option<App>> {
    let found = connection
        .prepare_cached(
            "SELECT id, application_type, token_endpoint_auth_method, pkce_required, grant_types, client \
             FROM apps WHERE id = ?1 AND status = 'ACTIVE'",
        )?
        .query_row([client_id], from_row)
        .optional()?;
    let Some(mut app) = found else {
        return Ok(None);
    };
    if app.token_endpoint_auth_method.has_secret() {
        app.secrets_sealed = active_secrets(connection, &app.id)?;
    }
    Ok(Some(app))
}

/// What people know an app by.
pub(crate) fn find_app_label(
    connection: &Connection,
    app: &AppId,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT label FROM apps WHERE id = ?1")?
        .query_row([app.as_str()], |row| row.get(0))
        .optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<App> {
    Ok(App {
        id: parsed(row, "id")?,
        application_type: parsed(row, "application_type")?,
        token_endpoint_auth_method: parsed(row, "token_endpoint_auth_method")?,
        secrets_sealed: Vec::new(),
        pkce_required: row.get("pkce_required")?,
        grant_types: row.get::<_, Json<Vec<String>>>("grant_types")?.0,
        settings: row.get::<_, Json<ClientSettings>>("client")?.0,
    })
}

/// Whether the app registered this URI: to the letter, but for the port of a native app's loopback address (RFC 8252 §7.3) and
/// for what stands in place of the `*` of an app that may have one.
pub(crate) fn is_redirect_uri(
    connection: &Connection,
    app: &App,
    uri: &str,
) -> rusqlite::Result<bool> {
    let is_native = app.application_type == ApplicationType::Native;
    let has_wildcards = app.settings.wildcard_redirect == WildcardRedirect::Subdomain;
    let mut statement = connection
        .prepare_cached("SELECT uri FROM app_uris WHERE app_id = ?1 AND kind = 'REDIRECT'")?;
    let mut rows = statement.query([app.id.as_str()])?;
    while let Some(row) = rows.next()? {
        let registered: String = row.get(0)?;
        if registered == uri
            || (is_native && is_loopback_variant(&registered, uri))
            || (has_wildcards && is_wildcard_match(&registered, uri))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the app registered this URI as one to go to after signing out.
pub(crate) fn is_post_logout_uri(
    connection: &Connection,
    app: &AppId,
    uri: &str,
) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT uri, coalesce(json_extract(client, '$.wildcard_redirect'), 'DISABLED') = 'SUBDOMAIN' \
         FROM app_uris JOIN apps ON apps.id = app_id WHERE app_id = ?1 AND kind = 'POST_LOGOUT'",
    )?;
    let mut rows = statement.query([app.as_str()])?;
    while let Some(row) = rows.next()? {
        let registered: String = row.get(0)?;
        if registered == uri || (row.get(1)? && is_wildcard_match(&registered, uri)) {
            return Ok(true);
        }
    }
    Ok(false)
}
