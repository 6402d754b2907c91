use serde_json::{Value, json};

use super::super::record::Record;
use super::super::view::{links, status};
use crate::api::hinted;
use crate::authenticator::Method;
use crate::config::OrgUrl;

/// The method in Okta's shape.
pub(super) fn view(record: &Record, method: Method, url: &OrgUrl) -> Value {
    let own = format!("/authenticators/{}/methods/{}", record.id, method.as_str());
    let is_active = record.is_active && record.has_active(method);
    let has_steps = record.key.methods().len() > 1;
    let mut shape = json!({
        "type": method.as_str(),
        "status": status(is_active),
        "_links": if has_steps {
            links(&own, is_active, url)
        } else {
            json!({"self": hinted(url, &own, &["GET", "PUT"])})
        },
    });
    if let Some(settings) = settings(method) {
        shape["settings"] = settings;
    }
    shape
}

/// What cannot be changed: a passkey always makes sure who uses it, for policies count on that.
pub(super) fn settings(method: Method) -> Option<Value> {
    match method {
        Method::Webauthn => Some(json!({
            "userVerification": "REQUIRED",
            "attachment": "ANY",
            "aaguidGroups": [],
        })),
        Method::Totp => Some(json!({
            "timeIntervalInSeconds": 30,
            "encoding": "base32",
            "algorithm": "HMacSHA1",
            "passCodeLength": 6,
        })),
        Method::Password
        | Method::Email
        | Method::Sms
        | Method::Voice
        | Method::Otp
        | Method::SecurityQuestion => None,
    }
}
