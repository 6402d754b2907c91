//! What people do about their own account, with an access token of an app
//! (<https://developer.okta.com/docs/api/openapi/okta-myaccount/guides/overview/>).

mod get_profile;
mod organization;
mod put_profile;
mod schema;
mod sessions;

use model::UserId;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::Org;
use crate::api::v1::users::{UserRecord, find_user};
use crate::api::{ApiError, Caller, Rights, Table};
use crate::events::wire_time;

const PROFILE: &str = "/idp/myaccount/profile";
const SCHEMA: &str = "/idp/myaccount/profile/schema";

/// The attributes that people change themselves. An address of theirs is not among them: it has to be verified first.
const OWN: [&str; 4] = ["firstName", "lastName", "secondEmail", "mobilePhone"];

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::Myself("okta.myAccount.profile.read");
    const MANAGE: Rights = Rights::Myself("okta.myAccount.profile.manage");
    table
        .get(PROFILE, "getProfile", READ, get_profile::get)
        .put(PROFILE, "replaceProfile", MANAGE, put_profile::replace)
        .get(SCHEMA, "getProfileSchema", READ, schema::get)
        .delete(
            "/idp/myaccount/sessions",
            "deleteSessions",
            Rights::Myself("okta.myAccount.sessions.manage"),
            sessions::delete,
        )
        .get(
            "/idp/myaccount/organization",
            "getOrganization",
            Rights::Myself("okta.myAccount.organization.read"),
            organization::get,
        )
}

/// Who calls. The gate lets nobody in who is no user.
fn own_id(caller: &Caller) -> Result<UserId, ApiError> {
    caller.user.clone().ok_or_else(ApiError::forbidden)
}

fn find_own(db: &Connection, caller: &Caller) -> Result<UserRecord, ApiError> {
    let id = own_id(caller)?;
    find_user(db, caller, id.as_str())
}

/// The profile in the shape of this API. An attribute without a value is not there.
fn view(user: &UserRecord, org: &Org) -> Value {
    json!({
        "createdAt": wire_time(user.created_at),
        "modifiedAt": wire_time(user.updated_at),
        "profile": user.profile,
        "_links": {
            "self": {"href": org.url().to(PROFILE)},
            "describedBy": {"href": org.url().to(SCHEMA)},
        },
    })
}
