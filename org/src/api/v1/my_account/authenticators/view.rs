use serde_json::{Value, json};

use super::{Enrolled, Own};
use crate::authenticator::catalog::AuthenticatorRecord;
use crate::authenticator::{AuthenticatorKey, EnrollmentKind};
use crate::config::OrgUrl;
use crate::events::wire_time;

/// What is shown of an enrollment that may not be common to all: never enough to use it.
pub(super) fn profile(kind: &EnrollmentKind) -> Option<Value> {
    match kind {
        EnrollmentKind::Email { address } => Some(json!({"email": address.masked()})),
        EnrollmentKind::Phone { number } => Some(json!({"phoneNumber": number.masked()})),
        EnrollmentKind::SecurityQuestion { question, .. } => {
            Some(json!({"questionKey": question.key}))
        }
        EnrollmentKind::Webauthn { credential } => {
            Some(json!({"credentialId": credential.wire_id()}))
        }
        EnrollmentKind::Totp { .. } => None,
    }
}

/// An authenticator. There are no links to pages where one is set up or removed: the org has none.
pub(super) fn authenticator(
    own: &Own,
    record: &AuthenticatorRecord,
    expand: &[&str],
    url: &OrgUrl,
) -> Value {
    let path = format!("/idp/myaccount/authenticators/{}", record.id);
    let enrolled = own.enrolled_in(record.key);
    let is_full = record.key != AuthenticatorKey::Webauthn && !enrolled.is_empty();
    let is_password = record.key == AuthenticatorKey::OktaPassword;
    let mut shape = json!({
        "id": record.id,
        "key": record.key.as_str(),
        "name": record.key.display_name(),
        "enrollable": !is_full && own.may_enroll(record.key),
        "_links": {
            "self": link(url, &path),
            "enrollments": link(url, &format!("{path}/enrollments")),
        },
    });
    if is_password {
        shape["_links"]["requirements"] = link(url, crate::api::v1::my_account::REQUIREMENTS);
    }
    if expand.contains(&"enrollments") {
        let all = enrolled.iter().map(|one| enrollment(own, record, one, url));
        shape["_embedded"]["enrollments"] = all.collect();
    }
    if is_password && expand.contains(&"requirements") {
        shape["_embedded"]["requirements"] = crate::api::v1::my_account::requirements_of(own, url);
    }
    shape
}

/// An enrollment.
pub(super) fn enrollment(
    own: &Own,
    record: &AuthenticatorRecord,
    one: &Enrolled,
    url: &OrgUrl,
) -> Value {
    let path = format!("/idp/myaccount/authenticators/{}", record.id);
    let is_password = record.key == AuthenticatorKey::OktaPassword;
    let mut shape = json!({
        "id": one.id,
        "name": one.nickname.as_deref().unwrap_or(record.key.display_name()),
        "created": wire_time(one.created_at),
        "canReset": is_password,
        "canUnenroll": own.may_remove(record.key),
        "_links": {
            "self": link(url, &format!("{path}/enrollments/{}", one.id)),
            "authenticator": link(url, &path),
        },
    });
    if is_password {
        shape["canChangePassword"] = json!(true);
        shape["canResetPassword"] = json!(true);
    }
    if let Some(nickname) = &one.nickname {
        shape["nickname"] = json!(nickname);
    }
    if let Some(profile) = &one.profile {
        shape["profile"] = profile.clone();
    }
    shape
}

fn link(url: &OrgUrl, path: &str) -> Value {
    json!({"href": url.to(path), "hints": {"allow": ["GET"]}})
}
