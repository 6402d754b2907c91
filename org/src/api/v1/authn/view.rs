use model::ErrorCode;
use serde_json::{Value, json};

use crate::Org;
use crate::api::{ApiError, hinted};
use crate::authenticator::Enrollment;
use crate::events::wire_time;
use crate::sign_in::{Person, Primary};

/// The transaction object of Okta's authentication API. Steps that are not built have no link: whoever needs them signs in by
/// the sign-in API of Identity Engine.
pub(super) fn view(outcome: Primary, org: &Org) -> Result<Value, ApiError> {
    Ok(match outcome {
        Primary::Failed => return Err(ApiError::new(ErrorCode::AuthenticationFailed)),
        Primary::LockedOut => {
            let mut next = hinted(org.url(), "/authn/recovery/unlock", &["POST"]);
            next["name"] = "unlock".into();
            json!({"status": "LOCKED_OUT", "_links": {"next": next}})
        }
        Primary::PasswordExpired(person) => json!({
            "status": "PASSWORD_EXPIRED",
            "_embedded": {"user": user(&person)},
        }),
        Primary::FactorRequired(person, factors) if factors.is_empty() => json!({
            "status": "MFA_ENROLL",
            "_embedded": {"user": user(&person)},
        }),
        Primary::FactorRequired(person, factors) => {
            let factors: Vec<Value> = factors.iter().map(factor).collect();
            json!({
                "status": "MFA_REQUIRED",
                "_embedded": {"user": user(&person), "factors": factors},
            })
        }
        Primary::Success {
            person,
            token,
            expires_at,
        } => json!({
            "status": "SUCCESS",
            "expiresAt": wire_time(expires_at),
            "sessionToken": token.expose(),
            "_embedded": {"user": user(&person)},
        }),
    })
}

fn user(person: &Person) -> Value {
    let profile = &person.profile;
    json!({
        "id": person.id,
        "passwordChanged": person.password_changed_at.map(wire_time),
        "profile": {
            "login": profile.login,
            "firstName": profile.first_name,
            "lastName": profile.last_name,
            "locale": profile.locale.as_deref().unwrap_or("en_US"),
            "timeZone": profile.timezone.as_deref().unwrap_or("America/Los_Angeles"),
        },
    })
}

fn factor(enrollment: &Enrollment) -> Value {
    json!({
        "id": enrollment.id,
        "factorType": enrollment.key.kind(),
        "provider": "OKTA",
        "vendorName": "OKTA",
    })
}
