//! The telephone of a person: <https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/tag/Phone/>.

mod challenge;
mod create;
mod delete;
mod read;
mod record;
mod verify;

use crate::api::{Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::Myself("okta.myAccount.phone.read");
    const MANAGE: Rights = Rights::MyselfAfresh("okta.myAccount.phone.manage");
    const ALL: &str = "/idp/myaccount/phones";
    const ONE: &str = "/idp/myaccount/phones/{id}";
    table
        .get(ALL, "listPhones", READ, read::list)
        .post(ALL, "createPhone", MANAGE, create::create)
        .get(ONE, "getPhone", READ, read::get)
        .delete(ONE, "deletePhone", MANAGE, delete::delete)
        .post(
            "/idp/myaccount/phones/{id}/challenge",
            "sendPhoneChallenge",
            MANAGE,
            challenge::send,
        )
        .post(
            "/idp/myaccount/phones/{id}/verify",
            "verifyPhoneChallenge",
            MANAGE,
            verify::verify,
        )
}
