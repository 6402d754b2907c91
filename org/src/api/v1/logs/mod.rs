//! The System Log as it is asked (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/>).

mod asked;
mod list;
mod select;

use crate::api::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    table.get(
        "/api/v1/logs",
        "listLogEvents",
        Rights::read(Resource::Logs),
        list::list,
    )
}
