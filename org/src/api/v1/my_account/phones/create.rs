use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::{EnrollmentId, ErrorCode};
use serde::Deserialize;
use serde_json::Value;

use super::record::{MethodName, Phone, phones_of};
use crate::Org;
use crate::api::v1::factors::{log_of_code, send_code};
use crate::api::v1::my_account::authenticators::Own;
use crate::api::{ApiError, Body, Change, Writing};
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::factor::{FactorType, PendingFactor, begin_factor, end_pending_factor};
use crate::authenticator::phone::PhoneNumber;

/// A telephone that somebody wants to use.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewPhone {
    profile: Profile,
    #[serde(default = "yes")]
    send_code: bool,
    #[serde(default = "MethodName::usual")]
    method: MethodName,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    #[serde(default)]
    phone_number: String,
}

const fn yes() -> bool {
    true
}

/// `POST /idp/myaccount/phones`: it counts after its first code.
pub(super) async fn create(
    State(org): State<Org>,
    change: Change,
    Body(new): Body<NewPhone>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let own = org
        .store()
        .read(|db| Own::load(db, &org, &change.caller))??;
    let way = new.method.way(&own)?;
    if !own.may_enroll(AuthenticatorKey::PhoneNumber) {
        let cause = "Phone authenticator is not enabled for your org.";
        return Err(ApiError::new(ErrorCode::WrongStatus).because(cause));
    }
    let number = PhoneNumber::parse(&new.profile.phone_number).map_err(|_| {
        ApiError::validation(
            "Error type: NOT_A_NUMBER. The string supplied did not seem to be a phone number.",
        )
        .because("Invalid phone number.")
    })?;
    let letters = org.kit().letters;
    let shape = change
        .run(move |writing| {
            let phone = begin(writing, &own, way, &number)?;
            if new.send_code {
                let id = phone.factor_id(way);
                send_code(
                    writing,
                    &letters,
                    &own.user,
                    (way, id.as_str(), number.as_str()),
                )?;
                writing.log(log_of_code(way, &own.user))?;
            }
            Ok(phone.view(writing.url))
        })
        .await?;
    org.inbox().announce();
    Ok((StatusCode::CREATED, Json(shape)))
}

/// A person has one telephone, and at most one that they are about to have.
fn begin(
    writing: &Writing<'_>,
    own: &Own,
    way: FactorType,
    number: &PhoneNumber,
) -> Result<Phone, ApiError> {
    for phone in phones_of(writing.db, &own.user)? {
        match phone {
            Phone::Verified(_, known) if known == number.as_str() => {
                return Err(
                    ApiError::about(ErrorCode::DuplicateAuthenticator, &known).because(
                        "This phone number is already assigned to the current user account.",
                    ),
                );
            }
            Phone::Verified(..) => {
                return Err(ApiError::validation("Exceeded cardinality max").because(
                    "This user account has reached the maximum number of enrolled phone numbers.",
                ));
            }
            Phone::Unverified(pending, _) => end_pending_factor(writing.db, &pending.id)?,
        }
    }
    let pending = PendingFactor {
        id: EnrollmentId::generate(writing.entropy),
        factor_type: way,
        address: Some(number.as_str().to_owned()),
        secret: None,
        picture: None,
        created_at: writing.now,
    };
    begin_factor(writing.db, &own.user.id, &pending)?;
    Ok(Phone::Unverified(pending, number.as_str().to_owned()))
}
