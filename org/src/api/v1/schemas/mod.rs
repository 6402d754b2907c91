//! What profiles consist of: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Schema/>. The base
//! schemas are Okta's, and nobody adds to them.

mod attribute;
mod group;
mod linked_objects;
mod user;

use super::super::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Schemas);
    table
        .get(
            "/api/v1/meta/schemas/user/{schemaId}",
            "getUserSchema",
            READ,
            user::get,
        )
        .get(
            "/api/v1/meta/schemas/group/default",
            "getGroupSchema",
            READ,
            group::get,
        )
        .get(
            "/api/v1/meta/schemas/user/linkedObjects",
            "listLinkedObjectDefinitions",
            Rights::read(Resource::LinkedObjects),
            linked_objects::list,
        )
}
