//! The URIs that apps register.

use model::AppId;
use rusqlite::Connection;

use super::origin_of;

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

/// Makes `uris` the app's only URIs of this kind, in their order. Nothing is written when they are that already.
pub(crate) fn replace_uris(
    connection: &Connection,
    app: &AppId,
    kind: UriKind,
    uris: &[String],
) -> rusqlite::Result<()> {
    if list_uris(connection, app, kind)? == uris {
        return Ok(());
    }
    connection
        .prepare_cached("DELETE FROM app_uris WHERE app_id = ?1 AND kind = ?2")?
        .execute((app.as_str(), kind.as_str()))?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO app_uris (app_id, kind, uri, origin, position) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (uri, position) in uris.iter().zip(0_i64..) {
        insert.execute((app.as_str(), kind.as_str(), uri, origin_of(uri), position))?;
    }
    Ok(())
}

/// The app's URIs of this kind, in the order in which they were given.
pub(crate) fn list_uris(
    connection: &Connection,
    app: &AppId,
    kind: UriKind,
) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached(
            "SELECT uri FROM app_uris WHERE app_id = ?1 AND kind = ?2 ORDER BY position, uri",
        )?
        .query_map((app.as_str(), kind.as_str()), |row| row.get(0))?
        .collect()
}
