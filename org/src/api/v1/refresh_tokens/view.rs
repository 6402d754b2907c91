use rusqlite::Connection;
use serde_json::{Value, json};

use super::place::Found;
use crate::api::{ApiError, hinted, href};
use crate::config::OrgUrl;
use crate::directory::find_user;
use crate::events::wire_time;
use crate::oauth::Scope;
use crate::oauth::refresh::RefreshGrant;
use crate::oauth::server::{ORG_SERVER, ServerRecord, find_server, list_scopes};

/// How tokens of one place are shown.
#[derive(Debug)]
pub(super) struct View<'a> {
    db: &'a Connection,
    url: &'a OrgUrl,
    found: &'a Found,
    with_scopes: bool,
}

impl<'a> View<'a> {
    pub(super) const fn new(
        db: &'a Connection,
        url: &'a OrgUrl,
        found: &'a Found,
        with_scopes: bool,
    ) -> Self {
        Self {
            db,
            url,
            found,
            with_scopes,
        }
    }

    /// The token in Okta's shape. The token itself is not known to the org.
    pub(super) fn of(&self, grant: &RefreshGrant) -> Result<Value, ApiError> {
        let server = if grant.server == ORG_SERVER {
            None
        } else {
            find_server(self.db, &grant.server)?
        };
        let issuer = server.as_ref().map_or_else(
            || self.url.as_str().to_owned(),
            |server| server.issuer(self.url),
        );
        let scopes: Vec<&str> = grant.terms.grant.scopes.iter().map(Scope::as_str).collect();
        let mut shape = json!({
            "id": grant.id,
            "status": "ACTIVE",
            "created": wire_time(grant.created_at),
            "lastUpdated": wire_time(grant.used_at),
            "expiresAt": wire_time(grant.expires_at),
            "issuer": issuer,
            "clientId": grant.app_id,
            "userId": grant.user_id,
            "scopes": scopes,
            "_links": self.links(grant, server.as_ref())?,
        });
        if self.with_scopes {
            shape["_embedded"] = json!({"scopes": self.scopes(&scopes, server.as_ref())?});
        }
        Ok(shape)
    }

    fn links(
        &self,
        grant: &RefreshGrant,
        server: Option<&ServerRecord>,
    ) -> Result<Value, ApiError> {
        let titled =
            |path: &str, title: &str| json!({"href": href(self.url, path), "title": title});
        let label = &self.found.app().registration.label;
        let app = titled(&format!("/apps/{}", grant.app_id), label);
        let user = find_user(self.db, &grant.user_id)?;
        let name = user
            .map(|user| user.profile.full_name())
            .unwrap_or_default();
        let own = format!("{}/{}", self.found.path, grant.id);
        let mut links = json!({
            "app": app,
            "client": app,
            "user": titled(&format!("/users/{}", grant.user_id), &name),
            "self": {"href": href(self.url, &own)},
            "revoke": hinted(self.url, &own, &["DELETE"]),
        });
        if let Some(server) = server {
            let path = format!("/authorizationServers/{}", server.id);
            links["authorizationServer"] = titled(&path, &server.name);
        }
        Ok(links)
    }

    /// The scopes of the token; those of the org's own server are known by their names alone.
    fn scopes(
        &self,
        names: &[&str],
        server: Option<&ServerRecord>,
    ) -> Result<Vec<Value>, ApiError> {
        let Some(server) = server else {
            return Ok(names.iter().map(|name| json!({"name": name})).collect());
        };
        let known = list_scopes(self.db, &server.id)?;
        let held = known
            .iter()
            .filter(|scope| names.contains(&scope.name.as_str()));
        Ok(held
            .map(|scope| {
                let path = format!("/authorizationServers/{}/scopes/{}", server.id, scope.id);
                let link = json!({"href": href(self.url, &path), "title": scope.name});
                json!({
                    "id": scope.id,
                    "name": scope.name,
                    "displayName": scope.display_name.as_deref().unwrap_or(&scope.name),
                    "description": scope.description.as_deref().unwrap_or_default(),
                    "_links": {"scope": link},
                })
            })
            .collect())
    }
}
