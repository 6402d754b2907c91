use axum::extract::State;
use http::StatusCode;
use model::ErrorCode;
use serde::Deserialize;

use super::record::{Phone, find_phone};
use crate::Org;
use crate::api::v1::factors::{Verdict, enroll_factor, find_factor, judge};
use crate::api::v1::my_account::find_own;
use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Body, Change, Path, Writing};
use crate::authenticator::EnrollmentKind;
use crate::authenticator::factor::{FactorType, end_pending_factor, find_sent_code};
use crate::authenticator::phone::PhoneNumber;

/// The code.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    verification_code: String,
}

/// `POST /idp/myaccount/phones/{id}/verify`. Wrong codes count as they do while signing in.
pub(super) async fn verify(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    Body(answer): Body<Answer>,
) -> Result<StatusCode, ApiError> {
    let outcome = change
        .run(move |writing| {
            let user = find_own(writing.db, writing.caller)?;
            let phone = find_phone(writing.db, &user, &id)?;
            let way = asked_by(writing, &user, &phone)?;
            let factor = find_factor(writing.db, &user, &phone.factor_id(way))?;
            // A wrong code is counted by this transaction, which therefore ends well.
            match judge(writing, &user, &factor, &answer.verification_code)? {
                Verdict::Right { .. } => accept(writing, &user, phone, way).map(Ok),
                Verdict::Wrong(code) => Ok(Err(code)),
            }
        })
        .await?;
    org.inbox().announce();
    outcome.map_err(|code| match code {
        ErrorCode::UserLocked => ApiError::new(code),
        _ => ApiError::new(ErrorCode::AuthenticationFailed)
            .because("The verification challenge failed due to an invalid code."),
    })?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which way the code went that waits for an answer.
fn asked_by(
    writing: &Writing<'_>,
    user: &UserRecord,
    phone: &Phone,
) -> Result<FactorType, ApiError> {
    for way in [FactorType::Sms, FactorType::Call] {
        let sent = find_sent_code(writing.db, &user.id, way.method())?;
        let is_it =
            sent.is_some_and(|sent| sent.digest.is_some() && sent.factor == phone.factor_id(way));
        let is_of_phone = match phone {
            Phone::Verified(..) => true,
            Phone::Unverified(pending, _) => pending.factor_type == way,
        };
        if is_it && is_of_phone {
            return Ok(way);
        }
    }
    Err(ApiError::about(ErrorCode::DuplicateAuthenticator, "transactionHandle").because(
        "Failed to find a transaction. Either the challenge was answered or the factor id is invalid.",
    ))
}

fn accept(
    writing: &Writing<'_>,
    user: &UserRecord,
    phone: Phone,
    way: FactorType,
) -> Result<(), ApiError> {
    let Phone::Unverified(pending, number) = phone else {
        return Ok(());
    };
    let number = PhoneNumber::parse(&number).map_err(|_| ApiError::new(ErrorCode::InvalidPhone))?;
    end_pending_factor(writing.db, &pending.id)?;
    enroll_factor(
        writing,
        user,
        way,
        (pending.id, EnrollmentKind::Phone { number }),
    )?;
    Ok(())
}
