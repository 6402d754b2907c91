use model::UserId;
use rusqlite::{Connection, OptionalExtension as _};
use secrecy::SecretString;

use super::Org;
use crate::api::{Role, create_api_token};
use crate::directory::login_key;
use crate::events::{Actor, Event, EventType, Origin, Target, record};
use crate::failure::Failure;
use crate::store::{StoreError, parsed};

/// A fresh API token (Okta's scheme SSWS). It is nowhere else: the org keeps its hash.
#[derive(Debug)]
pub struct NewApiToken {
    /// What goes behind `SSWS` in the header `Authorization`.
    pub token: SecretString,
    /// Whose rights it has.
    pub login: String,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum ApiTokenError {
    /// Nobody has the login and an administrator role.
    #[error("no active user has this login and an administrator role")]
    NoAdministrator,
    /// The name is empty, too long, or holds what no name has.
    #[error("the name of a token has 1 to 255 characters and no control characters")]
    Name,
    /// The org failed.
    #[error("the token could not be kept: {0}")]
    Failed(String),
}

impl Org {
    /// Makes an API token with the rights of the administrator with this login, or of the first super administrator.
    ///
    /// At Okta a person makes one in the Admin Console; there is no call for it.
    pub async fn create_api_token(
        &self,
        login: Option<&str>,
        name: &str,
    ) -> Result<NewApiToken, ApiTokenError> {
        make_api_token(self, login, name, Origin::of_the_org())
            .await
            .map_err(|failure| ApiTokenError::Failed(failure.to_string()))?
    }
}

/// The same, for somebody who asks over the network.
pub(crate) async fn make_api_token(
    org: &Org,
    login: Option<&str>,
    name: &str,
    origin: Origin,
) -> Result<Result<NewApiToken, ApiTokenError>, Failure> {
    if !(1..=255).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Ok(Err(ApiTokenError::Name));
    }
    let (login, name) = (login.map(ToOwned::to_owned), name.to_owned());
    let (entropy, now) = (org.kit().entropy, org.now());
    let change = move |db: &Connection| -> rusqlite::Result<_> {
        let Some((user, login)) = find_admin(db, login.as_deref())? else {
            return Ok(Err(ApiTokenError::NoAdministrator));
        };
        let (token, secret) = create_api_token(db, &name, &user, &*entropy, now)?;
        let actor = Actor::new("User", user.as_str(), login.as_str(), login.as_str());
        let event = Event::of(EventType::ApiTokenCreate)
            .by(actor)
            .to(Target::new("Token", token.id, "unknown", name));
        record(db, &event, &origin, &*entropy, now)?;
        Ok(Ok(NewApiToken {
            token: secret.expose().to_owned().into(),
            login,
        }))
    };
    org.store()
        .write(move |db| change(db).map_err(|error| Failure::from(StoreError::from(error))))
        .await
}

/// The administrator with this login; without one, the first super administrator by login.
fn find_admin(db: &Connection, login: Option<&str>) -> rusqlite::Result<Option<(UserId, String)>> {
    let any = login.is_none().then(|| Role::SuperAdmin.as_str());
    db.prepare_cached(
        "SELECT users.id, login FROM users JOIN ( \
           SELECT user_id, role FROM admin_roles \
           UNION SELECT user_id, role FROM group_roles JOIN group_members USING (group_id)) AS given \
         ON given.user_id = users.id \
         WHERE status = 'ACTIVE' AND (?1 IS NULL OR login_key = ?1) AND (?2 IS NULL OR role = ?2) \
         ORDER BY login_key LIMIT 1",
    )?
    .query_row((login.map(login_key), any), |row| {
        Ok((parsed(row, 0)?, row.get(1)?))
    })
    .optional()
}
