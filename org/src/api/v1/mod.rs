//! The operations under `/api/v1`: a folder for each noun, a file for each operation.

mod apps;
mod authenticators;
mod groups;
mod org;
mod policies;

use super::Table;

/// Every operation, noun by noun.
pub(super) fn table(table: Table) -> Table {
    let nouns: &[fn(Table) -> Table] = &[
        apps::table,
        authenticators::table,
        groups::table,
        org::table,
        policies::table,
    ];
    // One line for each, in alphabetical order.
    nouns.iter().fold(table, |table, noun| noun(table))
}
