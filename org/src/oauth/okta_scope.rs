//! The scopes of Okta's own API. They exist at the org's own server, for apps that they were granted to.

use model::AppId;
use rusqlite::Connection;

use super::server::MY_ACCOUNT;
use crate::api::Resource;

/// Whether the app may ask for the scope.
pub(super) fn is_granted(db: &Connection, app: &AppId, scope: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM app_grants WHERE app_id = ?1 AND scope = ?2")?
        .exists((app.as_str(), scope))
}

/// All of them, for the metadata.
pub(super) fn all() -> Vec<String> {
    let mut scopes: Vec<String> = Resource::ALL
        .into_iter()
        .flat_map(|resource| {
            ["read", "manage"].map(|level| format!("okta.{}.{level}", resource.as_str()))
        })
        .chain(MY_ACCOUNT.map(str::to_owned))
        .collect();
    scopes.sort_unstable();
    scopes.dedup();
    scopes
}
