use http::header::{CONTENT_TYPE, ETAG};
use http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value, json};

use super::record::UserRecord;
use crate::Org;
use crate::api::{href, link, post_link};
use crate::directory::{UserStatus, default_schema_id, default_user_type_id};
use crate::events::wire_time;
use crate::store::Digest;

/// What of a user is left out, as a request may ask in its content type: `application/json; okta-response=omitCredentials`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Omitted {
    credentials: bool,
    credentials_links: bool,
}

impl Omitted {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let asked = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once("okta-response="))
            .map(|(_, asked)| asked.trim_matches('"'))
            .unwrap_or_default();
        let is_asked = |name: &str| {
            asked
                .split([',', ';', '"'])
                .any(|part| part.trim().eq_ignore_ascii_case(name))
        };
        Self {
            credentials: is_asked("omitCredentials"),
            credentials_links: is_asked("omitCredentialsLinks"),
        }
    }
}

/// The user in Okta's shape, with everything that can be done to them.
pub(in crate::api::v1) fn view(user: &UserRecord, org: &Org) -> Value {
    shape(user, org, links(user, org))
}

/// The user as a list has them.
pub(in crate::api::v1) fn listed(user: &UserRecord, org: &Org) -> Value {
    let own = link(org.url(), &format!("/users/{}", user.id));
    shape(user, org, json!({"self": own}))
}

/// Leaves out what the request does not want.
pub(super) fn without(mut user: Value, omitted: Omitted) -> Value {
    const OF_CREDENTIALS: [&str; 6] = [
        "changePassword",
        "changeRecoveryQuestion",
        "expirePassword",
        "forgotPassword",
        "resetFactors",
        "resetPassword",
    ];
    if let Value::Object(fields) = &mut user {
        if omitted.credentials {
            fields.remove("credentials");
        }
        if let (true, Some(Value::Object(links))) =
            (omitted.credentials_links, fields.get_mut("_links"))
        {
            links.retain(|name, _| !OF_CREDENTIALS.contains(&name.as_str()));
        }
    }
    user
}

/// The `ETag` header of a user.
pub(super) fn etag(user: &UserRecord) -> HeaderMap {
    HeaderValue::try_from(entity_tag(user))
        .map(|tag| HeaderMap::from_iter([(ETAG, tag)]))
        .unwrap_or_default()
}

/// Another tag means that the user is another. A sign-in makes no difference.
pub(super) fn entity_tag(user: &UserRecord) -> String {
    let state = json!([
        user.id,
        user.status,
        user.profile,
        wire_time(user.updated_at),
        user.password_changed_at.map(wire_time),
        credentials(user),
    ]);
    let digest = Digest::of(&state.to_string());
    let hex = data_encoding::HEXLOWER.encode(&digest.as_bytes()[..16]);
    format!("W/\"{hex}\"")
}

fn shape(user: &UserRecord, org: &Org, links: Value) -> Value {
    let moment = |at: Option<jiff::Timestamp>| at.map(wire_time);
    let is_untouched =
        user.status == UserStatus::Staged && user.status_changed_at == user.created_at;
    json!({
        "id": user.id,
        "status": user.status,
        "created": wire_time(user.created_at),
        "activated": moment(user.activated_at),
        "statusChanged": moment((!is_untouched).then_some(user.status_changed_at)),
        "lastLogin": moment(user.last_sign_in_at),
        "lastUpdated": wire_time(user.updated_at),
        "passwordChanged": moment(user.password_changed_at),
        "type": {"id": default_user_type_id(org.id())},
        "profile": profile(user),
        "credentials": credentials(user),
        "_links": links,
    })
}

/// Two attributes are there even without a value, as at Okta.
fn profile(user: &UserRecord) -> Value {
    let mut profile = serde_json::to_value(&user.profile).unwrap_or_default();
    if let Value::Object(attributes) = &mut profile {
        for name in ["mobilePhone", "secondEmail"] {
            attributes.entry(name).or_insert(Value::Null);
        }
        for name in ["firstName", "lastName"] {
            if attributes.get(name).is_some_and(|value| value == "") {
                attributes.insert(name.to_owned(), Value::Null);
            }
        }
    }
    profile
}

/// Never more of a secret than that there is one.
pub(super) fn credentials(user: &UserRecord) -> Value {
    let mut credentials = Map::new();
    if user.has_password {
        credentials.insert("password".to_owned(), json!({}));
    }
    if let Some(question) = &user.question {
        credentials.insert(
            "recovery_question".to_owned(),
            json!({"question": question}),
        );
    }
    credentials.insert("provider".to_owned(), json!(user.provider));
    credentials.into()
}

fn links(user: &UserRecord, org: &Org) -> Value {
    let url = org.url();
    let own = format!("/users/{}", user.id);
    let schema = format!("/meta/schemas/user/{}", default_schema_id(org.id()));
    let user_type = format!("/meta/types/user/{}", default_user_type_id(org.id()));
    let mut links = Map::new();
    links.insert("self".to_owned(), link(url, &own));
    links.insert("schema".to_owned(), link(url, &schema));
    links.insert("type".to_owned(), link(url, &user_type));
    for (name, path) in possible(user.status) {
        links.insert((*name).to_owned(), post_link(url, &format!("{own}/{path}")));
    }
    if user.status == UserStatus::Deprovisioned {
        links.insert(
            "delete".to_owned(),
            json!({"href": href(url, &own), "method": "DELETE"}),
        );
    }
    links.into()
}

type Possible = (&'static str, &'static str);

const RESET_PASSWORD: Possible = ("resetPassword", "lifecycle/reset_password");
const CHANGE_PASSWORD: Possible = ("changePassword", "credentials/change_password");
const DEACTIVATE: Possible = ("deactivate", "lifecycle/deactivate");

/// What a user of this status can have done to them.
const fn possible(status: UserStatus) -> &'static [Possible] {
    match status {
        UserStatus::Staged => &[("activate", "lifecycle/activate"), DEACTIVATE],
        UserStatus::Provisioned => &[
            ("reactivate", "lifecycle/reactivate"),
            RESET_PASSWORD,
            DEACTIVATE,
        ],
        UserStatus::Active => &[
            ("suspend", "lifecycle/suspend"),
            ("expirePassword", "lifecycle/expire_password"),
            ("resetFactors", "lifecycle/reset_factors"),
            ("forgotPassword", "credentials/forgot_password"),
            (
                "changeRecoveryQuestion",
                "credentials/change_recovery_question",
            ),
            CHANGE_PASSWORD,
            RESET_PASSWORD,
            DEACTIVATE,
        ],
        UserStatus::Recovery => &[
            ("reactivate", "lifecycle/reactivate"),
            CHANGE_PASSWORD,
            RESET_PASSWORD,
            DEACTIVATE,
        ],
        UserStatus::PasswordExpired => &[CHANGE_PASSWORD, RESET_PASSWORD, DEACTIVATE],
        UserStatus::LockedOut => &[("unlock", "lifecycle/unlock"), RESET_PASSWORD, DEACTIVATE],
        UserStatus::Suspended => &[("unsuspend", "lifecycle/unsuspend"), DEACTIVATE],
        UserStatus::Deprovisioned => &[("activate", "lifecycle/activate")],
    }
}
