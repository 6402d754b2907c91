use model::ErrorCode;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::ApiError;
use crate::api::v1::my_account::authenticators::Own;
use crate::api::v1::users::UserRecord;
use crate::authenticator::enrollment::enrollments_of;
use crate::authenticator::factor::{FactorType, PendingFactor, pending_factors_of};
use crate::authenticator::{AuthenticatorKey, Enrollment, EnrollmentKind};
use crate::config::OrgUrl;

/// A telephone of a person.
#[derive(Debug, Clone)]
pub(super) enum Phone {
    Verified(Enrollment, String),
    /// It waits for its first code.
    Unverified(PendingFactor, String),
}

impl Phone {
    /// The same whichever way codes go.
    pub(super) fn id(&self) -> String {
        match self {
            Self::Verified(enrollment, _) => FactorType::Sms.id_of(&enrollment.id),
            Self::Unverified(pending, _) => FactorType::Sms.id_of(&pending.id),
        }
    }

    /// The id of the factor that it is by this way.
    pub(super) fn factor_id(&self, way: FactorType) -> String {
        match self {
            Self::Verified(enrollment, _) => way.id_of(&enrollment.id),
            Self::Unverified(pending, _) => way.id_of(&pending.id),
        }
    }

    pub(super) fn number(&self) -> &str {
        match self {
            Self::Verified(_, number) | Self::Unverified(_, number) => number,
        }
    }

    pub(super) fn view(&self, url: &OrgUrl) -> Value {
        let path = format!("/idp/myaccount/phones/{}", self.id());
        let link = |rest: &str, allow: &[&str]| json!({"href": url.to(&format!("{path}{rest}")), "hints": {"allow": allow}});
        let mut links = json!({
            "self": link("", &["GET", "DELETE"]),
            "challenge": link("/challenge", &["POST"]),
        });
        let status = match self {
            Self::Verified(..) => "VERIFIED",
            Self::Unverified(..) => {
                links["verify"] = link("/verify", &["POST"]);
                "UNVERIFIED"
            }
        };
        json!({
            "id": self.id(),
            "status": status,
            "profile": {"phoneNumber": self.number()},
            "_links": links,
        })
    }
}

/// The telephones of a person: the one that they use, and one that they want to use.
pub(super) fn phones_of(db: &Connection, user: &UserRecord) -> rusqlite::Result<Vec<Phone>> {
    let mut phones = Vec::new();
    for enrollment in enrollments_of(db, &user.id)? {
        if let EnrollmentKind::Phone { number } = &enrollment.kind {
            let number = number.as_str().to_owned();
            phones.push(Phone::Verified(enrollment, number));
        }
    }
    for pending in pending_factors_of(db, &user.id)? {
        if pending.factor_type.key() == AuthenticatorKey::PhoneNumber {
            let number = pending.address.clone().unwrap_or_default();
            phones.push(Phone::Unverified(pending, number));
        }
    }
    Ok(phones)
}

/// The telephone with this id, else `E0000007`.
pub(super) fn find_phone(db: &Connection, user: &UserRecord, id: &str) -> Result<Phone, ApiError> {
    phones_of(db, user)?
        .into_iter()
        .find(|phone| phone.id() == id)
        .ok_or_else(|| ApiError::not_found("UserFactor", id))
}

/// How a code goes to a telephone: Okta's `method`.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(super) struct MethodName(String);

impl MethodName {
    /// Text messages, where a request does not say.
    pub(super) fn usual() -> Self {
        Self("SMS".to_owned())
    }

    /// The way, if the org offers it.
    pub(super) fn way(&self, own: &Own) -> Result<FactorType, ApiError> {
        let way = match self.0.as_str() {
            "SMS" => FactorType::Sms,
            "CALL" => FactorType::Call,
            other => {
                let other: String = other.chars().filter(|c| !c.is_control()).take(40).collect();
                return Err(ApiError::validation("Method")
                    .because(format!("Invalid method {other} in the request.")));
            }
        };
        let record = own.catalog.get(AuthenticatorKey::PhoneNumber);
        let record = record.filter(|record| record.is_active);
        let refused = |cause: String| Err(ApiError::new(ErrorCode::WrongStatus).because(cause));
        let Some(record) = record else {
            return refused("Phone authenticator is not enabled for your org.".to_owned());
        };
        if record.methods().any(|method| method == way.method()) {
            Ok(way)
        } else {
            refused(format!("Method {} is not enabled for your org.", self.0))
        }
    }
}
