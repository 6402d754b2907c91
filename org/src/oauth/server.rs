//! The authorization servers: the org's own, and the custom ones of which `default` is made at first start.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use model::ErrorCode;
use rusqlite::Connection;
use std::sync::Arc;

use super::Scope;
use super::discovery::Documents;
use super::keys::ServerKeys;
use crate::okta_error::not_found;
use crate::policy::server_access::Rule;
use crate::store::Json;
use crate::{Org, config::OrgUrl, paths};

/// How the org's own authorization server is named in the database.
pub(crate) const ORG_SERVER: &str = "org";

/// An issuer of tokens, with all that does not change while the org runs.
#[derive(Debug)]
pub(crate) struct AuthorizationServer {
    /// [`ORG_SERVER`], or the id of a custom server.
    pub(crate) id: String,
    /// `default`; the org's own server has none.
    pub(crate) name: Option<String>,
    pub(crate) issuer: String,
    /// The `aud` of its access tokens.
    pub(crate) audience: String,
    pub(crate) keys: ServerKeys,
    pub(crate) documents: Documents,
}

impl AuthorizationServer {
    pub(crate) fn org(url: &OrgUrl, keys: ServerKeys) -> Self {
        let issuer = url.as_str().to_owned();
        let documents = Documents::new(url, None, &Self::scopes_of(true), &keys);
        Self {
            id: ORG_SERVER.to_owned(),
            name: None,
            audience: issuer.clone(),
            issuer,
            keys,
            documents,
        }
    }

    pub(crate) fn custom(url: &OrgUrl, record: ServerRecord, keys: ServerKeys) -> Self {
        let documents = Documents::new(url, Some(&record.name), &Self::scopes_of(false), &keys);
        Self {
            issuer: url.to(&format!("{}/{}", paths::OAUTH2, record.name)),
            id: record.id,
            name: Some(record.name),
            audience: record.audience,
            keys,
            documents,
        }
    }

    pub(crate) const fn is_org(&self) -> bool {
        self.name.is_none()
    }

    /// The scopes that a client may ask for here.
    pub(crate) fn scopes(&self) -> Vec<Scope> {
        Self::scopes_of(self.is_org())
    }

    /// The path of one of its endpoints.
    pub(crate) fn path_of(&self, endpoint: &str) -> String {
        match &self.name {
            None => paths::on_org_server(endpoint),
            Some(name) => format!("{}/{name}{endpoint}", paths::OAUTH2),
        }
    }

    fn scopes_of(is_org: bool) -> Vec<Scope> {
        let groups = is_org.then_some(Scope::Groups);
        Scope::STANDARD.into_iter().chain(groups).collect()
    }
}

/// A custom authorization server as the database has it.
#[derive(Debug)]
pub(crate) struct ServerRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) audience: String,
}

/// The access policy of a custom server, in order of priority. The org's own server has none.
pub(crate) fn load_rules(
    connection: &Connection,
    server: &str,
) -> rusqlite::Result<Option<Vec<Rule>>> {
    if server == ORG_SERVER {
        return Ok(None);
    }
    connection
        .prepare_cached("SELECT rule FROM server_rules WHERE server_id = ?1 ORDER BY priority")?
        .query_map([server], |row| Ok(row.get::<_, Json<Rule>>(0)?.0))?
        .collect::<rusqlite::Result<_>>()
        .map(Some)
}

/// All authorization servers of the org.
#[derive(Debug)]
pub(crate) struct Servers {
    pub(crate) org: Arc<AuthorizationServer>,
    pub(crate) custom: Vec<Arc<AuthorizationServer>>,
}

impl Servers {
    /// The server that issued something under this `iss`.
    pub(crate) fn by_issuer(&self, issuer: &str) -> Option<&Arc<AuthorizationServer>> {
        self.all().find(|server| server.issuer == issuer)
    }

    /// The custom server that a path names, by its name or its id.
    fn in_path(&self, segment: &str) -> Option<&Arc<AuthorizationServer>> {
        self.custom
            .iter()
            .find(|server| server.name.as_deref() == Some(segment) || server.id == segment)
    }

    fn all(&self) -> impl Iterator<Item = &Arc<AuthorizationServer>> {
        std::iter::once(&self.org).chain(&self.custom)
    }
}

/// The authorization server that a request is for: the one its path names, else the org's own.
#[derive(Debug)]
pub(crate) struct RequestServer(pub(crate) Arc<AuthorizationServer>);

impl FromRequestParts<Org> for RequestServer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, org: &Org) -> Result<Self, Self::Rejection> {
        let named = RawPathParams::from_request_parts(parts, org)
            .await
            .map_err(IntoResponse::into_response)?
            .iter()
            .find(|(name, _)| *name == paths::SERVER_PARAMETER)
            .map(|(_, value)| value.to_owned());
        let servers = org.servers();
        let server = match &named {
            None => Some(&servers.org),
            Some(segment) => servers.in_path(segment),
        };
        server.cloned().map(Self).ok_or_else(|| {
            let what = format!(
                "Resource not found: {} (AuthorizationServer)",
                named.unwrap_or_default()
            );
            not_found(org.entropy(), ErrorCode::NotFound, &what)
        })
    }
}
