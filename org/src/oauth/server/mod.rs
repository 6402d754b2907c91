//! The authorization servers: the org's own, and the custom ones of which `default` is made at first start.

mod claim;
mod first;
mod live;
mod policy;
mod record;
mod rules;
mod scope;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use model::ErrorCode;
use rusqlite::Connection;
use std::sync::Arc;

pub(crate) use claim::{
    ClaimRecord, ClaimType, ClaimsOf, GroupFilter, Teller, ValueType, delete_claim, find_claim,
    list_claims, put_claim,
};
pub(crate) use first::{complete, create_default_server, lack_stock, store_stock};
pub(crate) use live::LiveServers;
pub(crate) use policy::{
    PolicyRecord, RuleRecord, delete_policy, delete_rule, find_policy, find_rule, list_policies,
    list_rules, put_policy, put_rule,
};
pub(crate) use record::{
    IssuerMode, RotationMode, ServerRecord, create_server, delete_server, find_server,
    list_servers, update_server,
};
pub(crate) use rules::load_rules;
pub(super) use scope::MY_ACCOUNT;
pub(crate) use scope::{
    Consent, MetadataPublish, ScopeRecord, delete_scope, find_scope, list_scopes, put_scope,
};

use super::Scope;
use super::discovery::Documents;
use super::keys::{KeyError, ServerKeys, load_keys};
use crate::okta_error::not_found;
use crate::seal::Sealer;
use crate::{Org, config::OrgUrl, paths};

/// How the org's own authorization server is named in the database.
pub(crate) const ORG_SERVER: &str = "org";

/// An issuer of tokens, with all that does not change until somebody changes it.
#[derive(Debug)]
pub(crate) struct AuthorizationServer {
    /// [`ORG_SERVER`], or the id of a custom server.
    pub(crate) id: String,
    /// How its paths name it: `default`, or its id. The org's own server is not named.
    segment: Option<String>,
    pub(crate) issuer: String,
    /// The `aud` of its access tokens.
    pub(crate) audience: String,
    scopes: Vec<ScopeRecord>,
    /// The org's own server has none beside those of the scopes.
    pub(crate) claims: Option<ClaimsOf>,
    pub(crate) keys: ServerKeys,
    pub(crate) documents: Documents,
}

impl AuthorizationServer {
    fn org(url: &OrgUrl, keys: ServerKeys) -> Self {
        let issuer = url.as_str().to_owned();
        let scopes = scope::of_org_server();
        let documents = Documents::new(url, None, &scope::published(&scopes), &keys);
        Self {
            id: ORG_SERVER.to_owned(),
            segment: None,
            audience: issuer.clone(),
            issuer,
            scopes,
            claims: None,
            keys,
            documents,
        }
    }

    fn custom(
        url: &OrgUrl,
        record: ServerRecord,
        scopes: Vec<ScopeRecord>,
        claims: Vec<ClaimRecord>,
        keys: ServerKeys,
    ) -> Self {
        let segment = record.segment().to_owned();
        let documents = Documents::new(url, Some(&segment), &scope::published(&scopes), &keys);
        Self {
            issuer: record.issuer(url),
            id: record.id,
            segment: Some(segment),
            audience: record.audience,
            scopes,
            claims: Some(ClaimsOf::new(claims)),
            keys,
            documents,
        }
    }

    /// The scope of this name, if a client may ask for it here.
    pub(crate) fn scope(&self, name: &str) -> Option<Scope> {
        let is_known = |record: &&ScopeRecord| record.name == name && record.is_built();
        let record = self.scopes.iter().find(is_known)?;
        Some(Scope::from(record.name.as_str()))
    }

    /// What a client gets that asks for no scope.
    pub(crate) fn default_scopes(&self) -> Vec<Scope> {
        let is_default = |record: &&ScopeRecord| record.is_default && record.is_built();
        let names = self.scopes.iter().filter(is_default);
        names.map(|record| record.name.as_str().into()).collect()
    }

    /// Whether what it says of a person needs the names of their groups.
    pub(crate) fn needs_groups(&self, scopes: &[Scope]) -> bool {
        match &self.claims {
            None => scopes.contains(&Scope::Groups),
            Some(claims) => claims.needs_groups(),
        }
    }

    /// The path of one of its endpoints.
    pub(crate) fn path_of(&self, endpoint: &str) -> String {
        match &self.segment {
            None => paths::on_org_server(endpoint),
            Some(segment) => format!("{}/{segment}{endpoint}", paths::OAUTH2),
        }
    }
}

/// All authorization servers that issue tokens: those that were deactivated are not among them.
#[derive(Debug)]
pub(crate) struct Servers {
    pub(crate) org: Arc<AuthorizationServer>,
    pub(crate) custom: Vec<Arc<AuthorizationServer>>,
}

impl Servers {
    /// Reads them. Keys that `before` has as well are not opened and parsed again.
    pub(crate) fn load(
        db: &Connection,
        sealer: &Sealer,
        url: &OrgUrl,
        before: Option<&Self>,
    ) -> Result<Self, KeyError> {
        let keys = |server: &str| {
            let known = before.and_then(|before| before.all().find(|known| known.id == server));
            load_keys(db, sealer, server, known.map(|server| &server.keys))?
                .ok_or(KeyError::Missing)
        };
        let mut custom = Vec::new();
        for record in list_servers(db)? {
            if !record.is_active {
                continue;
            }
            let (scopes, claims) = (list_scopes(db, &record.id)?, list_claims(db, &record.id)?);
            let keys = keys(&record.id)?;
            let server = AuthorizationServer::custom(url, record, scopes, claims, keys);
            custom.push(Arc::new(server));
        }
        Ok(Self {
            org: Arc::new(AuthorizationServer::org(url, keys(ORG_SERVER)?)),
            custom,
        })
    }

    /// The server that issued something under this `iss`.
    pub(crate) fn by_issuer(&self, issuer: &str) -> Option<&Arc<AuthorizationServer>> {
        self.all().find(|server| server.issuer == issuer)
    }

    /// The custom server that a path names, as it names itself or by its id.
    fn in_path(&self, segment: &str) -> Option<&Arc<AuthorizationServer>> {
        self.custom
            .iter()
            .find(|server| server.segment.as_deref() == Some(segment) || server.id == segment)
    }

    /// The org's own, and the custom ones.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<AuthorizationServer>> {
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
