//! The email address of a person: <https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/tag/Email/>.
//!
//! It is the primary address alone. Its challenge is a code for the factor that the address is, or becomes by that.

mod challenge;
mod read;
mod record;
mod verify;

use crate::api::{Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::Myself("okta.myAccount.email.read");
    const MANAGE: Rights = Rights::MyselfAfresh("okta.myAccount.email.manage");
    table
        .get("/idp/myaccount/emails", "listEmails", READ, read::list)
        .get("/idp/myaccount/emails/{id}", "getEmail", READ, read::get)
        .post(
            "/idp/myaccount/emails/{id}/challenge",
            "sendEmailChallenge",
            MANAGE,
            challenge::send,
        )
        .get(
            "/idp/myaccount/emails/{id}/challenge/{challengeId}",
            "pollChallengeForEmailMagicLink",
            READ,
            challenge::poll,
        )
        .post(
            "/idp/myaccount/emails/{id}/challenge/{challengeId}/verify",
            "verifyEmailOtp",
            MANAGE,
            verify::verify,
        )
}
