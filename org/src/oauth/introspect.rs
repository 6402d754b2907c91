//! `POST …/v1/introspect` (RFC 7662): whether a token is good, and what it says. An app learns it of its own tokens.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::error::EndpointError;
use super::hint;
use super::issue::{Facts, Purpose, may_issue};
use super::refresh::{find_refresh_token, is_usable};
use super::scope::join;
use super::server::{AuthorizationServer, RequestServer};
use super::token::client;
use super::token::client_form::PublicClientForm;
use super::token_claims::TokenClaims;
use super::token_record::find_held_token;
use crate::Org;
use crate::apps::{App, ApplicationType};
use crate::directory::find_user;
use crate::events::Origin;
use crate::store::Digest;

/// Whatever is not good, or is nothing to the app that asks, is `{"active": false}`. The hint is not needed: each kind of token is
/// looked for.
pub(crate) async fn introspect(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    origin: Origin,
    headers: HeaderMap,
    PublicClientForm(parameters): PublicClientForm,
) -> Result<Response, EndpointError> {
    let app = client::authenticate(&org, &origin, &headers, &parameters).await?;
    let token = parameters
        .get("token")
        .ok_or_else(|| EndpointError::invalid_request("The 'token' parameter is required."))?;
    let look = Look {
        org: &org,
        server: &server,
        app: &app,
        token,
        now: org.now(),
    };
    let told = org.store().read(|db| look.tell(db))?;
    let told = told.map_or_else(|| json!({"active": false}), Value::Object);
    let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((no_store, Json(told)).into_response())
}

/// An app that asks about a token.
struct Look<'a> {
    org: &'a Org,
    server: &'a AuthorizationServer,
    app: &'a App,
    token: &'a str,
    now: Timestamp,
}

type Told = Map<String, Value>;

impl Look<'_> {
    fn tell(&self, db: &Connection) -> rusqlite::Result<Option<Told>> {
        if let Some(told) = self.access_token(db)? {
            return Ok(Some(told));
        }
        if let Some(told) = self.refresh_token(db)? {
            return Ok(Some(told));
        }
        self.id_token(db)
    }

    fn access_token(&self, db: &Connection) -> rusqlite::Result<Option<Told>> {
        let digest = Digest::of(self.token);
        let held = find_held_token(db, digest, &self.server.id, self.now)?
            .filter(|held| held.app_id == self.app.id);
        let (Some(held), Some(mut claims)) = (held, TokenClaims::read(self.token)) else {
            return Ok(None);
        };
        let mut told = self.begin();
        told.insert("token_type".to_owned(), json!("Bearer"));
        told.insert("scope".to_owned(), json!(join(&held.scopes)));
        for name in ["exp", "iat", "sub", "aud", "iss", "jti"] {
            told.extend(claims.take(name).map(|value| (name.to_owned(), value)));
        }
        let Some(user) = held.user_id else {
            return Ok(Some(told));
        };
        let Some(login) = self.login(db, &user)? else {
            return Ok(None);
        };
        told.insert("username".to_owned(), json!(login));
        told.insert("uid".to_owned(), json!(user));
        Ok(Some(told))
    }

    fn refresh_token(&self, db: &Connection) -> rusqlite::Result<Option<Told>> {
        let settings = self.app.refresh_token_settings();
        let found =
            find_refresh_token(db, Digest::of(self.token), self.now)?.filter(|(grant, number)| {
                let is_here = grant.app_id == self.app.id && grant.server == self.server.id;
                is_here && is_usable(grant, *number, settings, self.now)
            });
        let Some((grant, _)) = found else {
            return Ok(None);
        };
        let Some(login) = self.login(db, &grant.user_id)? else {
            return Ok(None);
        };
        let mut told = self.begin();
        told.insert("token_type".to_owned(), json!("Bearer"));
        told.insert("scope".to_owned(), json!(join(&grant.terms.grant.scopes)));
        told.insert("username".to_owned(), json!(login));
        told.insert("sub".to_owned(), json!(login));
        told.insert("exp".to_owned(), json!(grant.expires_at.as_second()));
        Ok(Some(told))
    }

    /// There is no record of ID tokens: the signature says that the org made it.
    fn id_token(&self, db: &Connection) -> rusqlite::Result<Option<Told>> {
        let signed = hint::read(&self.org.servers(), self.token).ok();
        let (Some(signed), Some(mut claims)) = (signed, TokenClaims::read(self.token)) else {
            return Ok(None);
        };
        let is_here = claims.text("iss") == Some(self.server.issuer.as_str());
        let is_alive = claims.moment("exp").is_some_and(|end| self.now < end);
        if signed.app_id != self.app.id || !is_here || !is_alive {
            return Ok(None);
        }
        let Some(login) = self.login(db, &signed.user_id)? else {
            return Ok(None);
        };
        let mut told = self.begin();
        told.insert("username".to_owned(), json!(login));
        for name in ["exp", "iat", "sub", "aud", "iss", "jti"] {
            told.extend(claims.take(name).map(|value| (name.to_owned(), value)));
        }
        Ok(Some(told))
    }

    fn begin(&self) -> Told {
        let of_app = ("client_id".to_owned(), json!(self.app.id));
        [("active".to_owned(), json!(true)), of_app]
            .into_iter()
            .collect()
    }

    /// The login of a user who may go on using what the app has. A token is as good as what stands behind it now.
    fn login(&self, db: &Connection, user: &UserId) -> rusqlite::Result<Option<String>> {
        let facts = Facts::find(db, user, &self.app.id)?.map(|facts| Facts {
            // Nobody is assigned to a service: what it has for a person came by an exchange.
            is_assigned: facts.is_assigned || self.app.application_type == ApplicationType::Service,
            ..facts
        });
        if facts.is_none_or(|facts| may_issue(facts, Purpose::Use).is_err()) {
            return Ok(None);
        }
        Ok(find_user(db, user)?.map(|user| user.profile.login))
    }
}
