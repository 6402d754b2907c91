//! What profiles consist of: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Schema/>. The base
//! schemas are Okta's; what administrators add is beside them.

mod attribute;
mod change;
mod group;
mod linked_objects;
mod user;

use super::super::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Schemas);
    const MANAGE: Rights = Rights::manage(Resource::Schemas);
    table
        .get(
            "/api/v1/meta/schemas/user/{schemaId}",
            "getUserSchema",
            READ,
            user::get,
        )
        .post(
            "/api/v1/meta/schemas/user/{schemaId}",
            "updateUserProfile",
            MANAGE,
            user::update,
        )
        .post(
            "/api/v1/meta/schemas/group/default",
            "updateGroupSchema",
            MANAGE,
            group::update,
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
