//! What people do about their own account, with an access token of an app
//! (<https://developer.okta.com/docs/api/openapi/okta-myaccount/guides/overview/>).

mod authenticators;
mod emails;
mod get_profile;
mod okta_applications;
mod organization;
mod password;
mod phones;
mod put_profile;
mod schema;
mod sessions;
mod unenroll;
mod webauthn;

use password::{REQUIREMENTS, requirements_of};

use model::UserId;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::Org;
use crate::api::v1::users::{UserRecord, custom_of_users, find_user};
use crate::api::{ApiError, Caller, Rights, Table};
use crate::directory::{CustomAttribute, SelfAccess};
use crate::events::wire_time;

const PROFILE: &str = "/idp/myaccount/profile";
const SCHEMA: &str = "/idp/myaccount/profile/schema";

/// The attributes that people change themselves. An address of theirs is not among them: it has to be verified first.
const OWN: [&str; 4] = ["firstName", "lastName", "secondEmail", "mobilePhone"];

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::Myself("okta.myAccount.profile.read");
    const MANAGE: Rights = Rights::Myself("okta.myAccount.profile.manage");
    let table = table
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
        .get(
            "/idp/myaccount/okta-applications",
            "listOktaApplications",
            Rights::Myself("okta.myAccount.oktaApplications.read"),
            okta_applications::list,
        );
    let nouns: [fn(Table) -> Table; 5] = [
        authenticators::table,
        emails::table,
        password::table,
        phones::table,
        webauthn::table,
    ];
    nouns.iter().fold(table, |table, noun| noun(table))
}

/// Who calls. The gate lets nobody in who is no user.
fn own_id(caller: &Caller) -> Result<UserId, ApiError> {
    caller.user.clone().ok_or_else(ApiError::forbidden)
}

fn find_own(db: &Connection, caller: &Caller) -> Result<UserRecord, ApiError> {
    let id = own_id(caller)?;
    find_user(db, caller, id.as_str())
}

/// The attributes that administrators added.
fn custom_now(org: &Org) -> Result<Vec<CustomAttribute>, ApiError> {
    Ok(org.store().read(custom_of_users)?)
}

/// The profile in the shape of this API. An attribute without a value is not there, nor one that people do not see.
fn view(user: &UserRecord, custom: &[CustomAttribute], org: &Org) -> Value {
    let mut profile = user.profile.clone();
    profile.custom.retain(|name, _| {
        let mut known = custom.iter().filter(|attribute| attribute.name == *name);
        known.any(|attribute| attribute.definition.self_access() != SelfAccess::Hide)
    });
    json!({
        "createdAt": wire_time(user.created_at),
        "modifiedAt": wire_time(user.updated_at),
        "profile": profile,
        "_links": {
            "self": {"href": org.url().to(PROFILE)},
            "describedBy": {"href": org.url().to(SCHEMA)},
        },
    })
}
