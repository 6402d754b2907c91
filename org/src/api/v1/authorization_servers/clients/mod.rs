//! The clients of a server: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerClients/>.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{READ, server_of};
use crate::Org;
use crate::api::{ApiError, Listing, Path, Table, link};
use crate::config::OrgUrl;
use crate::store::Moment;

pub(super) fn table(table: Table) -> Table {
    table.get(
        "/api/v1/authorizationServers/{authServerId}/clients",
        "listOAuth2ClientsForAuthorizationServer",
        READ,
        list,
    )
}

/// `GET …/clients`: the apps that hold tokens of the server.
async fn list(
    State(org): State<Org>,
    Path(server): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let now = org.now();
    let items = org.store().read(|db| {
        Ok(server_of(db, &server).and_then(|server| Ok(select(db, &server.id, now, org.url())?)))
    })??;
    Ok(listing.whole(items))
}

fn select(
    db: &Connection,
    server: &str,
    now: Timestamp,
    url: &OrgUrl,
) -> rusqlite::Result<Vec<Value>> {
    db.prepare_cached(
        "SELECT id, label FROM apps WHERE EXISTS (SELECT 1 FROM access_tokens WHERE app_id = apps.id AND server = ?1 \
         AND expires_at > ?2 AND revoked_at IS NULL) OR EXISTS (SELECT 1 FROM refresh_grants WHERE app_id = apps.id \
         AND server = ?1 AND expires_at > ?2 AND revoked_at IS NULL) ORDER BY id",
    )?
    .query_map((server, Moment(now)), |row| {
        let (id, label): (String, String) = (row.get(0)?, row.get(1)?);
        let tokens = format!("/authorizationServers/{server}/clients/{id}/tokens");
        Ok(json!({
            "client_id": id,
            "client_name": label,
            "client_uri": null,
            "logo_uri": null,
            "_links": {"client": link(url, &format!("/apps/{id}")), "tokens": link(url, &tokens)},
        }))
    })?
    .collect()
}
