//! The passkeys of a person:
//! <https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/tag/WebAuthn/>.

mod begin;
mod create;
mod delete;
mod read;
mod record;

use serde_json::{Value, json};

use super::authenticators::wire_id;
use crate::api::{Rights, Table};
use crate::authenticator::{Enrollment, EnrollmentKind};
use crate::config::OrgUrl;
use crate::events::wire_time;

const ALL: &str = "/idp/myaccount/webauthn";

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::Myself("okta.myAccount.webauthn.read");
    const MANAGE: Rights = Rights::MyselfAfresh("okta.myAccount.webauthn.manage");
    const ONE: &str = "/idp/myaccount/webauthn/{id}";
    table
        .get(ALL, "listWebAuthn", READ, read::list)
        .post(ALL, "createWebAuthnEnrollment", MANAGE, create::create)
        .post(
            "/idp/myaccount/webauthn/registration",
            "startWebAuthnEnrollment",
            MANAGE,
            begin::begin,
        )
        .get(ONE, "getWebAuthn", READ, read::get)
        .delete(ONE, "deleteWebAuthn", MANAGE, delete::delete)
}

/// A passkey. `None`: the enrollment is none.
fn view(enrollment: &Enrollment, nickname: Option<&String>, url: &OrgUrl) -> Option<Value> {
    let EnrollmentKind::Webauthn { credential } = &enrollment.kind else {
        return None;
    };
    let id = wire_id(enrollment);
    let created = wire_time(enrollment.created_at);
    Some(json!({
        "id": id,
        "status": "ACTIVE",
        "type": "security_key",
        "key": enrollment.key.as_str(),
        "name": nickname.map_or(enrollment.key.display_name(), String::as_str),
        "credentialId": credential.wire_id(),
        "created": created,
        "lastUpdated": created,
        "_links": {"self": {
            "href": url.to(&format!("{ALL}/{id}")),
            "hints": {"allow": ["GET", "DELETE"]},
        }},
    }))
}
