//! The apps that a session has signed in to, which hear of its end through the browser
//! (OpenID Connect Front-Channel Logout 1.0).

use model::AppId;
use rusqlite::{Connection, OptionalExtension as _};
use url::Url;

use crate::store::{Digest, parsed};

/// An app that wants to be told when a session ends that it was reached in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListeningApp {
    pub(crate) id: AppId,
    /// The authorization server that told the app who the person is.
    pub(crate) server: String,
    uri: String,
    /// Whether it wants to know which session of which issuer.
    is_about_session: bool,
}

impl ListeningApp {
    /// What the browser loads to tell it. `None`: what is registered is no address.
    pub(crate) fn address(&self, issuer: &str, sid: &str) -> Option<String> {
        let mut address = Url::parse(&self.uri).ok()?;
        if self.is_about_session {
            address
                .query_pairs_mut()
                .append_pair("iss", issuer)
                .append_pair("sid", sid);
        }
        Some(address.into())
    }
}

/// Whether the ID tokens of an app name the session.
pub(crate) fn is_told_of_session(db: &Connection, app: &AppId) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT coalesce(json_extract(client, '$.participate_slo'), 0) \
         AND coalesce(json_extract(client, '$.frontchannel_logout_session_required'), 0) FROM apps WHERE id = ?1",
    )?
    .query_row([app.as_str()], |row| row.get(0))
    .optional()
    .map(Option::unwrap_or_default)
}

/// Writes down that a session has signed in to an app, if the session is still there.
pub(crate) fn remember_app(
    db: &Connection,
    session: Digest,
    app: &AppId,
    server: &str,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO session_apps (session_hash, app_id, server) \
         SELECT handle_hash, ?2, ?3 FROM sessions WHERE handle_hash = ?1",
    )?
    .execute((session, app.as_str(), server))?;
    Ok(())
}

/// The active apps of a session that take part in single logout.
pub(crate) fn listening_apps_of(
    db: &Connection,
    session: Digest,
) -> rusqlite::Result<Vec<ListeningApp>> {
    db.prepare_cached(
        "SELECT app_id, server, json_extract(client, '$.frontchannel_logout_uri') AS uri, \
         coalesce(json_extract(client, '$.frontchannel_logout_session_required'), 0) FROM session_apps \
         JOIN apps ON apps.id = app_id WHERE session_hash = ?1 AND status = 'ACTIVE' AND uri IS NOT NULL \
         AND coalesce(json_extract(client, '$.participate_slo'), 0) ORDER BY app_id, server",
    )?
    .query_map([session], |row| {
        Ok(ListeningApp {
            id: parsed(row, 0)?,
            server: row.get(1)?,
            uri: row.get(2)?,
            is_about_session: row.get(3)?,
        })
    })?
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_an_app_keeps_its_query_and_names_the_session_only_where_the_app_wants_it() {
        let mut app = ListeningApp {
            id: AppId::parse("0oaAAAAAAAAAAAAAAAAA").expect("an id"),
            server: "org".to_owned(),
            uri: "https://app.example.com/out?tenant=1".to_owned(),
            is_about_session: false,
        };
        let issuer = "http://localhost:7000";
        let plain = app.address(issuer, "102x");
        assert_eq!(
            plain.as_deref(),
            Some("https://app.example.com/out?tenant=1")
        );
        app.is_about_session = true;
        assert_eq!(
            app.address(issuer, "102x").as_deref(),
            Some("https://app.example.com/out?tenant=1&iss=http%3A%2F%2Flocalhost%3A7000&sid=102x")
        );
        app.uri = "nowhere".to_owned();
        assert_eq!(app.address(issuer, "102x"), None);
    }
}
