//! The password of a person: <https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/tag/Password/>.

mod change;
mod delete;
mod give;
mod read;
mod requirements;

use serde_json::{Value, json};

use crate::api::v1::users::UserRecord;
use crate::api::{Rights, Table};
use crate::config::OrgUrl;
use crate::directory::UserStatus;
use crate::events::wire_time;

pub(super) use requirements::{PATH as REQUIREMENTS, of as requirements_of};

const PATH: &str = "/idp/myaccount/password";

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::Myself("okta.myAccount.password.read");
    const MANAGE: Rights = Rights::MyselfAfresh("okta.myAccount.password.manage");
    table
        .get(PATH, "getPassword", READ, read::get)
        .post(PATH, "createPassword", MANAGE, give::create)
        .put(PATH, "replacePassword", MANAGE, give::replace)
        .delete(PATH, "deletePassword", MANAGE, delete::delete)
        .post(
            "/idp/myaccount/password/change-password",
            "updatePassword",
            MANAGE,
            change::change,
        )
        .get(
            REQUIREMENTS,
            "getPasswordRequirements",
            READ,
            requirements::get,
        )
}

/// The id of the password as something that the person is enrolled in: they have one at most.
pub(super) fn id_of(user: &UserRecord) -> String {
    format!("lae{}", &user.id.as_str()[3..])
}

/// That there is a password, or that there is none.
fn view(user: &UserRecord, url: &OrgUrl) -> Value {
    let status = match (user.password_changed_at, user.status) {
        (None, _) => "NOT_ENROLLED",
        (Some(_), UserStatus::PasswordExpired) => "EXPIRED",
        (Some(_), UserStatus::Suspended) => "SUSPENDED",
        (Some(_), _) => "ACTIVE",
    };
    let allow = match user.password_changed_at {
        None => json!(["GET", "POST"]),
        Some(_) => json!(["GET", "DELETE", "PUT"]),
    };
    let mut shape = json!({
        "id": id_of(user),
        "status": status,
        "_links": {"self": {"href": url.to(PATH), "hints": {"allow": allow}}},
    });
    if let Some(changed_at) = user.password_changed_at {
        shape["created"] = json!(wire_time(user.created_at));
        shape["lastUpdated"] = json!(wire_time(changed_at));
    }
    shape
}
