use axum::Json;
use model::{EnrollmentId, ErrorCode};
use serde::Deserialize;
use serde_json::Value;

use super::answer::{Verdict, judge};
use super::record::{Factor, State, find_factor};
use super::view::view;
use crate::api::v1::users::{UserRecord, find_user};
use crate::api::{ApiError, Body, Change, Path, Writing};
use crate::authenticator::email::EmailAddress;
use crate::authenticator::enrollment::{CreateError, create_enrollment};
use crate::authenticator::factor::{FactorType, PendingFactor, end_pending_factor};
use crate::authenticator::phone::PhoneNumber;
use crate::authenticator::{Enrollment, EnrollmentKind};
use crate::branding;
use crate::events::{Event, EventType};
use crate::failure::Failure;
use crate::inbox::{self, messages};

/// The first code.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FirstCode {
    #[serde(default)]
    pass_code: String,
}

/// `POST /api/v1/users/{userId}/factors/{factorId}/lifecycle/activate`. Wrong codes count as they do while signing in.
pub(super) async fn activate(
    change: Change,
    Path((user, id)): Path<(String, String)>,
    Body(sent): Body<FirstCode>,
) -> Result<Json<Value>, ApiError> {
    let org = change.org().clone();
    let outcome = change
        .run(move |writing| {
            let user = find_user(writing.db, writing.caller, &user)?;
            writing.caller.may_act_on(writing.db, &user.id)?;
            let factor = find_factor(writing.db, &user, &id)?;
            let State::Pending(pending) = &factor.state else {
                return Err(ApiError::invalid("factor", "The factor is active already"));
            };
            let step = match judge(writing, &user, &factor, &sent.pass_code)? {
                Verdict::Right { step } => step,
                Verdict::Wrong(code) => return Ok(Err(code)),
            };
            let kind = kind_of(pending, step)?;
            end_pending_factor(writing.db, &pending.id)?;
            let new = (pending.id.clone(), kind);
            let factor = enroll(writing, &user, factor.kind, new)?;
            Ok(Ok(view(&user, &factor, writing.url)))
        })
        .await?;
    org.inbox().announce();
    outcome.map(Json).map_err(ApiError::new)
}

fn kind_of(pending: &PendingFactor, step: Option<i64>) -> Result<EnrollmentKind, ApiError> {
    let broken = || ApiError::new(ErrorCode::Internal);
    let address = pending.address.as_deref().unwrap_or_default();
    match pending.factor_type {
        FactorType::Sms | FactorType::Call => {
            let number = PhoneNumber::parse(address).map_err(|_| broken())?;
            Ok(EnrollmentKind::Phone { number })
        }
        FactorType::Email => {
            let address = EmailAddress::parse(address).map_err(|_| broken())?;
            Ok(EnrollmentKind::Email { address })
        }
        FactorType::GoogleTotp | FactorType::OktaTotp => Ok(EnrollmentKind::Totp {
            secret: pending.secret.clone().ok_or_else(broken)?,
            last_step: step,
        }),
        FactorType::Question | FactorType::Webauthn => Err(broken()),
    }
}

/// Enrolls the user and tells them, in case it was not them who wanted it.
pub(in crate::api::v1) fn enroll(
    writing: &Writing<'_>,
    user: &UserRecord,
    factor_type: FactorType,
    (id, kind): (EnrollmentId, EnrollmentKind),
) -> Result<Factor, ApiError> {
    let key = factor_type.key();
    let enrollment = Enrollment {
        id,
        key,
        kind,
        created_at: writing.now,
    };
    create_enrollment(writing.db, &user.id, &enrollment).map_err(|error| match error {
        CreateError::Taken => {
            ApiError::invalid("factorType", "A factor of this type is already set up.")
        }
        other => Failure::from(other).into(),
    })?;
    if factor_type != FactorType::Email {
        let to = &user.profile.email;
        let message = messages::authenticator_enrolled(to, key.display_name(), branding::NAME);
        inbox::put(writing.db, &message, writing.now)?;
    }
    let event = Event::of(EventType::FactorActivate)
        .to(user.target())
        .debug("factor", key.as_str());
    writing.log(event)?;
    find_factor(writing.db, user, &factor_type.id_of(&enrollment.id))
}
