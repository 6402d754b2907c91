use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};
use serde::{Deserialize, Serialize};

use crate::config::OrgUrl;
use crate::paths;
use crate::store::{Moment, parsed};

/// What `default` stands for in the paths of the server that every org begins with.
const DEFAULT: &str = "default";

/// Writes an enum whose names are those of Okta's wire and of the database.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub(crate) enum $name {
            $($(#[$item])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// The name on the wire and in the database.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl TryFrom<String> for $name {
            type Error = serde::de::value::Error;

            fn try_from(name: String) -> Result<Self, Self::Error> {
                Self::deserialize(serde::de::IntoDeserializer::into_deserializer(name))
            }
        }
    };
}
pub(super) use words;

words! {
    /// Which address stands in tokens. A local org has one, so it is the same for all.
    IssuerMode {
        OrgUrl = "ORG_URL",
        CustomUrl = "CUSTOM_URL",
        Dynamic = "DYNAMIC",
    }
}

words! {
    /// Who turns the keys.
    RotationMode {
        Auto = "AUTO",
        Manual = "MANUAL",
    }
}

/// A custom authorization server as the database has it.
#[derive(Debug, Clone)]
pub(crate) struct ServerRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) audience: String,
    pub(crate) is_default: bool,
    pub(crate) is_active: bool,
    pub(crate) issuer_mode: IssuerMode,
    pub(crate) rotation_mode: RotationMode,
    pub(crate) rotated_at: Timestamp,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl ServerRecord {
    /// How its paths name it.
    pub(crate) fn segment(&self) -> &str {
        if self.is_default { DEFAULT } else { &self.id }
    }

    /// The `iss` of its tokens.
    pub(crate) fn issuer(&self, url: &OrgUrl) -> String {
        url.to(&format!("{}/{}", paths::OAUTH2, self.segment()))
    }
}

const COLUMNS: &str = "id, name, description, audience, is_default, status = 'ACTIVE', issuer_mode, rotation_mode, rotated_at, \
     created_at, updated_at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<ServerRecord> {
    Ok(ServerRecord {
        id: row.get(0)?,
        name: row.get(1)?,
        description: row.get(2)?,
        audience: row.get(3)?,
        is_default: row.get(4)?,
        is_active: row.get(5)?,
        issuer_mode: parsed(row, 6)?,
        rotation_mode: parsed(row, 7)?,
        rotated_at: row.get::<_, Moment>(8)?.0,
        created_at: row.get::<_, Moment>(9)?.0,
        updated_at: row.get::<_, Moment>(10)?.0,
    })
}

/// All servers, the first made first.
pub(crate) fn list_servers(db: &Connection) -> rusqlite::Result<Vec<ServerRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM authorization_servers ORDER BY created_at, id"
    ))?
    .query_map([], from_row)?
    .collect()
}

/// The server with this id, or the one that `default` stands for.
pub(crate) fn find_server(db: &Connection, id: &str) -> rusqlite::Result<Option<ServerRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM authorization_servers WHERE id = ?1 OR (is_default AND ?1 = '{DEFAULT}')"
    ))?
    .query_row([id], from_row)
    .optional()
}

/// Keeps a new server.
pub(crate) fn create_server(db: &Connection, server: &ServerRecord) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO authorization_servers (id, name, description, audience, is_default, status, issuer_mode, rotation_mode, \
         rotated_at, created_at, updated_at) VALUES (:id, :name, :description, :audience, :default, :status, :issuer_mode, \
         :rotation_mode, :rotated_at, :created_at, :updated_at)",
    )?
    .execute(named_params! {
        ":id": server.id,
        ":name": server.name,
        ":description": server.description,
        ":audience": server.audience,
        ":default": server.is_default,
        ":status": status(server.is_active),
        ":issuer_mode": server.issuer_mode.as_str(),
        ":rotation_mode": server.rotation_mode.as_str(),
        ":rotated_at": Moment(server.rotated_at),
        ":created_at": Moment(server.created_at),
        ":updated_at": Moment(server.updated_at),
    })?;
    Ok(())
}

/// Keeps a server as it is now.
pub(crate) fn update_server(db: &Connection, server: &ServerRecord) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE authorization_servers SET name = :name, description = :description, audience = :audience, status = :status, \
         issuer_mode = :issuer_mode, rotation_mode = :rotation_mode, rotated_at = :rotated_at, updated_at = :updated_at \
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": server.id,
        ":name": server.name,
        ":description": server.description,
        ":audience": server.audience,
        ":status": status(server.is_active),
        ":issuer_mode": server.issuer_mode.as_str(),
        ":rotation_mode": server.rotation_mode.as_str(),
        ":rotated_at": Moment(server.rotated_at),
        ":updated_at": Moment(server.updated_at),
    })?;
    Ok(())
}

/// Forgets a server with its keys, and the codes and tokens that it issued.
pub(crate) fn delete_server(db: &Connection, id: &str) -> rusqlite::Result<()> {
    for statement in [
        "DELETE FROM access_tokens WHERE server = ?1",
        "DELETE FROM refresh_grants WHERE server = ?1",
        "DELETE FROM authorization_codes WHERE server = ?1",
        "DELETE FROM signing_keys WHERE server = ?1",
        "DELETE FROM authorization_servers WHERE id = ?1",
    ] {
        db.prepare_cached(statement)?.execute([id])?;
    }
    Ok(())
}

/// The status of whatever can be switched off.
pub(super) const fn status(is_active: bool) -> &'static str {
    if is_active { "ACTIVE" } else { "INACTIVE" }
}
