use rusqlite::{Connection, OptionalExtension as _, Row, named_params};
use serde::{Deserialize, Serialize};

use super::record::words;
use crate::oauth::Scope;
use crate::store::parsed;

words! {
    /// Whether people are asked.
    Consent {
        Implicit = "IMPLICIT",
        Required = "REQUIRED",
        Flexible = "FLEXIBLE",
    }
}

words! {
    /// Whether the metadata names the scope.
    MetadataPublish {
        AllClients = "ALL_CLIENTS",
        NoClients = "NO_CLIENTS",
    }
}

/// A scope of a custom authorization server.
#[derive(Debug, Clone)]
pub(crate) struct ScopeRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) display_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) consent: Consent,
    pub(crate) metadata_publish: MetadataPublish,
    pub(crate) is_default: bool,
    pub(crate) optional: bool,
    /// Okta's own, which nobody deletes.
    pub(crate) system: bool,
}

/// Scopes of Okta whose grants the local org has not built. They are in the list, and no token has them.
const UNBUILT: [&str; 1] = ["device_sso"];

impl ScopeRecord {
    /// Whether tokens may have it.
    pub(super) fn is_built(&self) -> bool {
        !UNBUILT.contains(&self.name.as_str())
    }

    /// One of those that every server begins with.
    pub(super) fn stock(name: &str, is_okta: bool) -> Self {
        Self {
            id: String::new(),
            name: name.to_owned(),
            display_name: None,
            description: None,
            consent: Consent::Implicit,
            metadata_publish: MetadataPublish::AllClients,
            is_default: false,
            optional: false,
            system: is_okta,
        }
    }
}

/// The scopes of OpenID Connect, with what people are told that they give.
pub(super) const STANDARD: [(&str, &str); 7] = [
    ("openid", "Signs you in with your account"),
    ("profile", "Your name and the rest of your profile"),
    ("email", "Your email address"),
    ("address", "Your postal address"),
    ("phone", "Your telephone number"),
    ("offline_access", "Keeps access while you are away"),
    ("device_sso", "Signs you in to other apps on this device"),
];

/// The scopes of Okta's `MyAccount` API.
pub(in crate::oauth) const MY_ACCOUNT: [&str; 20] = [
    "okta.myAccount.read",
    "okta.myAccount.manage",
    "okta.myAccount.profile.read",
    "okta.myAccount.profile.manage",
    "okta.myAccount.email.read",
    "okta.myAccount.email.manage",
    "okta.myAccount.phone.read",
    "okta.myAccount.phone.manage",
    "okta.myAccount.password.read",
    "okta.myAccount.password.manage",
    "okta.myAccount.authenticators.read",
    "okta.myAccount.authenticators.manage",
    "okta.myAccount.appAuthenticator.manage",
    "okta.myAccount.appAuthenticator.maintenance.read",
    "okta.myAccount.appAuthenticator.maintenance.manage",
    "okta.myAccount.webauthn.read",
    "okta.myAccount.webauthn.manage",
    "okta.myAccount.oktaApplications.read",
    "okta.myAccount.organization.read",
    "okta.myAccount.sessions.manage",
];

/// The scopes of the org's own server, which nobody changes.
pub(super) fn of_org_server() -> Vec<ScopeRecord> {
    Scope::STANDARD
        .into_iter()
        .chain([Scope::OfflineAccess, Scope::Groups])
        .map(|scope| ScopeRecord::stock(scope.as_str(), true))
        .collect()
}

/// The scopes that the metadata names.
pub(super) fn published(scopes: &[ScopeRecord]) -> Vec<Scope> {
    let is_published = |scope: &&ScopeRecord| {
        scope.is_built() && scope.metadata_publish == MetadataPublish::AllClients
    };
    scopes
        .iter()
        .filter(is_published)
        .map(|scope| scope.name.as_str().into())
        .collect()
}

const COLUMNS: &str =
    "id, name, display_name, description, consent, metadata_publish, is_default, optional, system";

fn from_row(row: &Row<'_>) -> rusqlite::Result<ScopeRecord> {
    Ok(ScopeRecord {
        id: row.get(0)?,
        name: row.get(1)?,
        display_name: row.get(2)?,
        description: row.get(3)?,
        consent: parsed(row, 4)?,
        metadata_publish: parsed(row, 5)?,
        is_default: row.get(6)?,
        optional: row.get(7)?,
        system: row.get(8)?,
    })
}

/// The scopes of a server in their order: Okta's own, then those that were made, the first made first.
pub(crate) fn list_scopes(db: &Connection, server: &str) -> rusqlite::Result<Vec<ScopeRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM server_scopes WHERE server_id = ?1 ORDER BY place, id"
    ))?
    .query_map([server], from_row)?
    .collect()
}

/// A scope of a server by its id.
pub(crate) fn find_scope(
    db: &Connection,
    server: &str,
    id: &str,
) -> rusqlite::Result<Option<ScopeRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM server_scopes WHERE server_id = ?1 AND id = ?2"
    ))?
    .query_row((server, id), from_row)
    .optional()
}

/// Keeps a scope: a new one, or a changed one.
pub(crate) fn put_scope(
    db: &Connection,
    server: &str,
    scope: &ScopeRecord,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO server_scopes (id, server_id, name, display_name, description, consent, metadata_publish, is_default, \
         optional, system, place) VALUES (:id, :server, :name, :display_name, :description, :consent, :publish, :default, \
         :optional, :system, (SELECT coalesce(max(place), 0) + 1 FROM server_scopes WHERE server_id = :server)) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, display_name = excluded.display_name, \
         description = excluded.description, consent = excluded.consent, metadata_publish = excluded.metadata_publish, \
         is_default = excluded.is_default, optional = excluded.optional",
    )?
    .execute(named_params! {
        ":id": scope.id,
        ":server": server,
        ":name": scope.name,
        ":display_name": scope.display_name,
        ":description": scope.description,
        ":consent": scope.consent.as_str(),
        ":publish": scope.metadata_publish.as_str(),
        ":default": scope.is_default,
        ":optional": scope.optional,
        ":system": scope.system,
    })?;
    Ok(())
}

/// Forgets a scope.
pub(crate) fn delete_scope(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM server_scopes WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}
