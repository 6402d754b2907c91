//! User types: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserType/>. The org has one, the
//! default type, and every user is of it.

mod read;
mod view;

use super::super::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::UserTypes);
    table
        .get("/api/v1/meta/types/user", "listUserTypes", READ, read::list)
        .get(
            "/api/v1/meta/types/user/{typeId}",
            "getUserType",
            READ,
            read::get,
        )
}
