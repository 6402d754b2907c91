use model::AppId;
use rusqlite::Connection;
use url::Url;

/// The origin of a URI as a browser writes it in `Origin`, if it has one.
pub(crate) fn origin_of(uri: &str) -> Option<String> {
    let origin = Url::parse(uri).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// Whether an active app has a redirect URI on this origin.
pub(crate) fn is_app_origin(connection: &Connection, origin: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM app_uris JOIN apps ON apps.id = app_uris.app_id \
             WHERE app_uris.origin = ?1 AND kind = 'REDIRECT' AND apps.status = 'ACTIVE')",
        )?
        .query_row([origin], |row| row.get(0))
}

/// Whether a redirect URI of this app is on this origin.
pub(crate) fn is_origin_of(
    connection: &Connection,
    app: &AppId,
    origin: &str,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM app_uris WHERE app_id = ?1 AND origin = ?2 AND kind = 'REDIRECT')",
        )?
        .query_row((app.as_str(), origin), |row| row.get(0))
}
