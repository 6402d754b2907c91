//! Origins besides the apps' own that the org trusts: to call it from a page, or to send people to.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::store::{Json, Moment};

/// A trusted origin as the database has it.
#[derive(Debug, Clone)]
pub(crate) struct TrustedOrigin {
    pub(crate) id: String,
    pub(crate) name: String,
    /// As a browser writes it in `Origin`.
    pub(crate) origin: String,
    pub(crate) is_active: bool,
    pub(crate) scopes: Vec<TrustScope>,
    pub(crate) created_at: Timestamp,
    /// The id of the user, or of the app.
    pub(crate) created_by: String,
    pub(crate) updated_at: Timestamp,
    pub(crate) updated_by: String,
}

/// What an origin is trusted with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrustScope {
    #[serde(rename = "type")]
    pub(crate) kind: TrustKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) allowed_okta_apps: Option<Vec<Value>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum TrustKind {
    /// Its pages may call the org with the browser's cookies.
    Cors,
    /// People may be sent there after they signed in or out.
    Redirect,
    /// It may show the org in a frame. The local org's pages are never shown in one.
    IframeEmbed,
}

impl TrustedOrigin {
    fn has(&self, kind: TrustKind) -> bool {
        self.scopes.iter().any(|scope| scope.kind == kind)
    }
}

/// Whether pages of this origin may call the org.
pub(crate) fn is_trusted_to_call(db: &Connection, origin: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM trusted_origins WHERE origin = ?1 AND is_cors AND status = 'ACTIVE')",
    )?
    .query_row([origin], |row| row.get(0))
}

/// Whether people may be sent to pages of this origin.
pub(crate) fn is_trusted_to_receive(db: &Connection, origin: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM trusted_origins WHERE origin = ?1 AND is_redirect AND status = 'ACTIVE')",
    )?
    .query_row([origin], |row| row.get(0))
}

/// The columns that [`from_row`] reads.
pub(crate) const COLUMNS: &str =
    "id, name, origin, status = 'ACTIVE', scopes, created_at, created_by, updated_at, updated_by";

pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<TrustedOrigin> {
    Ok(TrustedOrigin {
        id: row.get(0)?,
        name: row.get(1)?,
        origin: row.get(2)?,
        is_active: row.get(3)?,
        scopes: row.get::<_, Json<Vec<TrustScope>>>(4)?.0,
        created_at: row.get::<_, Moment>(5)?.0,
        created_by: row.get(6)?,
        updated_at: row.get::<_, Moment>(7)?.0,
        updated_by: row.get(8)?,
    })
}

/// The trusted origin with this id.
pub(crate) fn find_trusted_origin(
    db: &Connection,
    id: &str,
) -> rusqlite::Result<Option<TrustedOrigin>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM trusted_origins WHERE id = ?1"
    ))?
    .query_row([id], from_row)
    .optional()
}

/// Another trusted origin that has this name, or this origin.
pub(crate) fn find_other(
    db: &Connection,
    (column, value): (Unique, &str),
    own: &str,
) -> rusqlite::Result<bool> {
    let column = match column {
        Unique::Name => "name",
        Unique::Origin => "origin",
    };
    db.prepare_cached(&format!(
        "SELECT EXISTS (SELECT 1 FROM trusted_origins WHERE {column} = ?1 AND id <> ?2)"
    ))?
    .query_row((value, own), |row| row.get(0))
}

/// What no two of them share.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unique {
    Name,
    Origin,
}

/// Keeps a trusted origin, new or changed.
pub(crate) fn put_trusted_origin(db: &Connection, trusted: &TrustedOrigin) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO trusted_origins (id, name, origin, status, scopes, is_cors, is_redirect, created_at, created_by, \
         updated_at, updated_by) VALUES (:id, :name, :origin, :status, :scopes, :cors, :redirect, :created_at, :created_by, \
         :updated_at, :updated_by) ON CONFLICT (id) DO UPDATE SET name = excluded.name, origin = excluded.origin, \
         status = excluded.status, scopes = excluded.scopes, is_cors = excluded.is_cors, is_redirect = excluded.is_redirect, \
         updated_at = excluded.updated_at, updated_by = excluded.updated_by",
    )?
    .execute(named_params! {
        ":id": trusted.id,
        ":name": trusted.name,
        ":origin": trusted.origin,
        ":status": if trusted.is_active { "ACTIVE" } else { "INACTIVE" },
        ":scopes": Json(&trusted.scopes),
        ":cors": trusted.has(TrustKind::Cors),
        ":redirect": trusted.has(TrustKind::Redirect),
        ":created_at": Moment(trusted.created_at),
        ":created_by": trusted.created_by,
        ":updated_at": Moment(trusted.updated_at),
        ":updated_by": trusted.updated_by,
    })?;
    Ok(())
}

/// Trusts an origin no more.
pub(crate) fn delete_trusted_origin(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM trusted_origins WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}
