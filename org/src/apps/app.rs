use model::AppId;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::TokenEndpointAuthMethod;
use super::redirect_uri::is_loopback_variant;
use crate::store::{Json, parsed};

/// An app as the protocol endpoints see it. Its secret stays sealed until a client presents one.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) id: AppId,
    pub(crate) is_native: bool,
    pub(crate) token_endpoint_auth_method: TokenEndpointAuthMethod,
    pub(crate) secret_sealed: Option<Vec<u8>>,
    pub(crate) pkce_required: bool,
    pub(crate) grant_types: Vec<String>,
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
}

/// An active app by its `client_id`. A deactivated app is unknown to every protocol endpoint.
pub(crate) fn find_app(connection: &Connection, client_id: &str) -> rusqlite::Result<Option<App>> {
    connection
        .prepare_cached(
            "SELECT id, application_type = 'native' AS is_native, token_endpoint_auth_method, secret_sealed, \
             pkce_required, grant_types FROM apps WHERE id = ?1 AND status = 'ACTIVE'",
        )?
        .query_row([client_id], from_row)
        .optional()
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
        is_native: row.get("is_native")?,
        token_endpoint_auth_method: parsed(row, "token_endpoint_auth_method")?,
        secret_sealed: row.get("secret_sealed")?,
        pkce_required: row.get("pkce_required")?,
        grant_types: row.get::<_, Json<Vec<String>>>("grant_types")?.0,
    })
}

/// Whether the app registered exactly this URI; a native app's loopback URI may differ in its port (RFC 8252 §7.3).
pub(crate) fn is_redirect_uri(
    connection: &Connection,
    app: &App,
    uri: &str,
) -> rusqlite::Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT uri FROM app_uris WHERE app_id = ?1 AND kind = 'REDIRECT'")?;
    let mut rows = statement.query([app.id.as_str()])?;
    while let Some(row) = rows.next()? {
        let registered: String = row.get(0)?;
        if registered == uri || (app.is_native && is_loopback_variant(&registered, uri)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the app registered exactly this URI as one to go to after signing out.
pub(crate) fn is_post_logout_uri(
    connection: &Connection,
    app: &AppId,
    uri: &str,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM app_uris WHERE app_id = ?1 AND kind = 'POST_LOGOUT' AND uri = ?2)",
        )?
        .query_row((app.as_str(), uri), |row| row.get(0))
}
