//! Custom authorization servers: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServer/>.

mod claims;
mod clients;
mod keys;
mod policies;
mod reload;
mod rules;
mod scopes;
mod servers;

use super::super::{Resource, Rights, Table};
use crate::api::ApiError;
use crate::oauth::server::{PolicyRecord, ServerRecord, find_policy, find_server};
use rusqlite::Connection;

const READ: Rights = Rights::read(Resource::AuthorizationServers);
const MANAGE: Rights = Rights::manage(Resource::AuthorizationServers);

pub(super) fn table(table: Table) -> Table {
    let parts: &[fn(Table) -> Table] = &[
        servers::table,
        policies::table,
        rules::table,
        scopes::table,
        claims::table,
        keys::table,
        clients::table,
    ];
    parts.iter().fold(table, |table, part| part(table))
}

/// The server that a path names, else `E0000007`.
fn server_of(db: &Connection, id: &str) -> Result<ServerRecord, ApiError> {
    find_server(db, id)?.ok_or_else(|| ApiError::not_found("AuthorizationServer", id))
}

/// The policy that a path names, else `E0000007`.
fn policy_of(db: &Connection, server: &str, id: &str) -> Result<PolicyRecord, ApiError> {
    find_policy(db, server, id)?.ok_or_else(|| ApiError::not_found("Policy", id))
}

/// A name or a text of up to `most` characters, without blanks around it.
fn text(field: &str, value: &str, most: usize) -> Result<String, ApiError> {
    let value = value.trim();
    if value.is_empty() {
        return Err(ApiError::invalid(field, "The field cannot be left blank"));
    }
    if value.chars().count() > most {
        let message = format!("String cannot be longer than {most} characters");
        return Err(ApiError::invalid(field, &message));
    }
    Ok(value.to_owned())
}

/// Whether something is switched on: `ACTIVE` unless it says otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    #[default]
    Active,
    Inactive,
}
