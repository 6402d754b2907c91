//! The signing keys of a server: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerKeys/>.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::servers::target;
use super::{MANAGE, READ, reload, server_of};
use crate::Org;
use crate::api::{ApiError, Body, Change, Listing, Path, Table, hinted};
use crate::config::OrgUrl;
use crate::events::{Event, EventType};
use crate::failure::Failure;
use crate::oauth::keys::{KeyError, ServerKeys, generate_pkcs8, load_keys, rotate_keys};
use crate::oauth::server::{ServerRecord, update_server};

pub(super) fn table(table: Table) -> Table {
    table
        .get(
            "/api/v1/authorizationServers/{authServerId}/credentials/keys",
            "listAuthorizationServerKeys",
            READ,
            list,
        )
        .get(
            "/api/v1/authorizationServers/{authServerId}/credentials/keys/{keyId}",
            "getAuthorizationServerKey",
            READ,
            get,
        )
        .post(
            "/api/v1/authorizationServers/{authServerId}/credentials/lifecycle/keyRotate",
            "rotateAuthorizationServerKeys",
            MANAGE,
            rotate,
        )
}

/// A fresh key, made where it keeps nobody waiting.
pub(super) async fn generate() -> Result<Vec<u8>, ApiError> {
    let made = tokio::task::spawn_blocking(generate_pkcs8).await;
    let made = made.unwrap_or(Err(KeyError::Generation));
    Ok(made.map_err(Failure::from)?)
}

/// The keys in Okta's shape: the current one, the next one, and the one before if there is one.
fn views(server: &ServerRecord, keys: &ServerKeys, url: &OrgUrl) -> Vec<Value> {
    let keys = keys.with_status().into_iter().map(|(status, mut key)| {
        let kid = key["kid"].as_str().unwrap_or_default();
        let own = format!("/authorizationServers/{}/credentials/keys/{kid}", server.id);
        key["_links"] = json!({"self": hinted(url, &own, &["GET"])});
        key["status"] = json!(status);
        key
    });
    keys.collect()
}

fn keys_of(org: &Org, id: &str) -> Result<Vec<Value>, ApiError> {
    org.store().read(|db| {
        Ok(server_of(db, id).and_then(|server| {
            let keys = load_keys(db, org.sealer(), &server.id, None).map_err(Failure::from)?;
            let keys = keys.ok_or(KeyError::Missing).map_err(Failure::from)?;
            Ok(views(&server, &keys, org.url()))
        }))
    })?
}

/// `GET …/credentials/keys`.
async fn list(
    State(org): State<Org>,
    Path(server): Path<String>,
    listing: Listing,
) -> Result<Response, ApiError> {
    Ok(listing.whole(keys_of(&org, &server)?))
}

/// `GET …/credentials/keys/{keyId}`.
async fn get(
    State(org): State<Org>,
    Path((server, kid)): Path<(String, String)>,
) -> Result<Json<Value>, ApiError> {
    let keys = keys_of(&org, &server)?;
    let found = keys.into_iter().find(|key| key["kid"] == kid);
    found
        .map(Json)
        .ok_or_else(|| ApiError::not_found("AuthorizationServerKey", &kid))
}

/// What the key is for.
#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(rename = "use")]
    usage: Option<String>,
}

/// `POST …/credentials/lifecycle/keyRotate`.
async fn rotate(
    change: Change,
    Path(id): Path<String>,
    Body(wanted): Body<Wanted>,
) -> Result<Json<Value>, ApiError> {
    if wanted.usage.as_deref() != Some("sig") {
        return Err(ApiError::invalid("use", "The use of a key must be sig"));
    }
    let org = change.org().clone();
    let server = id.clone();
    let fresh = generate().await?;
    reload::run(change, move |writing| {
        let mut server = server_of(writing.db, &id)?;
        rotate_keys(writing.db, writing.sealer, &server.id, &fresh, writing.now)
            .map_err(Failure::from)?;
        server.rotated_at = writing.now;
        update_server(writing.db, &server)?;
        Ok(writing.log(Event::of(EventType::KeyRollover).to(target(&server)))?)
    })
    .await?;
    Ok(Json(Value::from(keys_of(&org, &server)?)))
}
