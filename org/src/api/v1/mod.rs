//! The operations under `/api/v1`: a folder for each noun, a file for each operation.

mod groups;

use super::Table;

/// Every operation, noun by noun.
pub(super) fn table(table: Table) -> Table {
    groups::table(table)
}
