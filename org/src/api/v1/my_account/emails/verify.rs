use axum::Json;
use model::{EnrollmentId, ErrorCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::record::{Challenge, Email, Standing};
use crate::api::v1::factors::{Verdict, enroll_factor, find_factor, judge};
use crate::api::v1::my_account::find_own;
use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Body, Change, Path, Writing};
use crate::authenticator::EnrollmentKind;
use crate::authenticator::email::EmailAddress;
use crate::authenticator::factor::{FactorType, end_pending_factor};

/// The code.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    verification_code: String,
}

/// `POST /idp/myaccount/emails/{id}/challenge/{challengeId}/verify`. Wrong codes count as they do while signing in.
pub(super) async fn verify(
    change: Change,
    Path((id, challenge)): Path<(String, String)>,
    Body(answer): Body<Answer>,
) -> Result<Json<Value>, ApiError> {
    let outcome = change
        .run(move |writing| {
            let user = find_own(writing.db, writing.caller)?;
            let email = Email::find(writing.db, &user, &id)?;
            let challenge = Challenge::find(writing.db, &user, &email, &challenge)?;
            let factor = find_factor(writing.db, &user, &challenge.factor)?;
            // A wrong code is counted by this transaction, which therefore ends well.
            match judge(writing, &user, &factor, &answer.verification_code)? {
                Verdict::Right { .. } => accept(writing, &user, email).map(Ok),
                Verdict::Wrong(code) => Ok(Err(code)),
            }
        })
        .await?;
    outcome.map_err(|code| match code {
        ErrorCode::UserLocked => ApiError::new(code),
        _ => ApiError::new(ErrorCode::AuthenticationFailed)
            .because("The verification challenge failed due to an invalid code."),
    })?;
    Ok(Json(json!({})))
}

fn accept(writing: &Writing<'_>, user: &UserRecord, email: Email) -> Result<(), ApiError> {
    let Standing::Begun(pending) = email.standing else {
        return Ok(());
    };
    end_pending_factor(writing.db, &pending)?;
    enroll(writing, user, pending, &email.address)
}

fn enroll(
    writing: &Writing<'_>,
    user: &UserRecord,
    id: EnrollmentId,
    address: &str,
) -> Result<(), ApiError> {
    let address = EmailAddress::parse(address)
        .map_err(|_| ApiError::invalid("email", "Not an email address"))?;
    let kind = EnrollmentKind::Email { address };
    enroll_factor(writing, user, FactorType::Email, (id, kind))?;
    Ok(())
}
