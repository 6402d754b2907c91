use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::json;

use super::answer::Refusal;
use super::change::Change;
use crate::Org;
use crate::api::{Role, create_api_token};
use crate::directory::login_key;
use crate::events::{Actor, Event, EventType, Origin, Target, record};
use crate::failure::Failure;
use crate::store::parsed;

/// `POST /dev/api-token`: makes an API token with the rights of the first super administrator, or of `{"login": …}`.
///
/// At Okta a person makes one in the Admin Console; there is no call for it.
pub(super) async fn create(
    State(org): State<Org>,
    origin: Origin,
    change: Change,
) -> Result<Response, Refusal> {
    let login = change
        .fields
        .get("login")
        .and_then(|login| login.as_str())
        .map(ToOwned::to_owned);
    let name = change
        .fields
        .get("name")
        .and_then(|name| name.as_str())
        .unwrap_or("Development")
        .to_owned();
    let (entropy, now) = (org.kit().entropy, org.now());
    let made = org
        .store()
        .write(move |db| -> Result<_, Failure> {
            let Some((user, login)) = find_admin(db, login.as_deref()).map_err(store_failed)?
            else {
                return Ok(None);
            };
            let (token, secret) =
                create_api_token(db, &name, &user, &*entropy, now).map_err(store_failed)?;
            let event = Event::of(EventType::ApiTokenCreate)
                .by(Actor::new(
                    "User",
                    user.as_str(),
                    login.as_str(),
                    login.as_str(),
                ))
                .to(Target::new("Token", token.id, "unknown", name));
            record(db, &event, &origin, &*entropy, now).map_err(store_failed)?;
            Ok(Some((secret, login)))
        })
        .await?;
    let Some((secret, login)) = made else {
        return Err(Refusal::Unknown(
            "no active user has this login and an administrator role".to_owned(),
        ));
    };
    let body = Json(json!({"token": secret.expose(), "login": login}));
    Ok((StatusCode::CREATED, body).into_response())
}

fn store_failed(error: rusqlite::Error) -> Failure {
    crate::store::StoreError::from(error).into()
}

/// The administrator with this login; without one, the first super administrator by login.
fn find_admin(db: &Connection, login: Option<&str>) -> rusqlite::Result<Option<(UserId, String)>> {
    let any = login.is_none().then(|| Role::SuperAdmin.as_str());
    db.prepare_cached(
        "SELECT users.id, login FROM users JOIN admin_roles ON admin_roles.user_id = users.id \
         WHERE status = 'ACTIVE' AND (?1 IS NULL OR login_key = ?1) AND (?2 IS NULL OR role = ?2) \
         ORDER BY login_key LIMIT 1",
    )?
    .query_row((login.map(login_key), any), |row| {
        Ok((parsed(row, 0)?, row.get(1)?))
    })
    .optional()
}
