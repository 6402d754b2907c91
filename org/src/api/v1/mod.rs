//! The operations under `/api/v1`: a folder for each noun, a file for each operation.

mod apps;
mod authenticators;
mod authorization_servers;
mod factors;
mod groups;
mod logs;
mod org;
mod policies;
mod roles;
mod trusted_origins;
mod users;

use super::Table;

/// Every operation, noun by noun.
pub(super) fn table(table: Table) -> Table {
    let nouns: &[fn(Table) -> Table] = &[
        apps::table,
        authenticators::table,
        authorization_servers::table,
        factors::table,
        groups::table,
        logs::table,
        org::table,
        policies::table,
        roles::table,
        trusted_origins::table,
        users::table,
    ];
    // One line for each, in alphabetical order.
    nouns.iter().fold(table, |table, noun| noun(table))
}
