use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use serde_json::{Value, json};

use super::{subject, take};
use crate::Org;
use crate::api::v1::users::letter::link_for;
use crate::api::{ApiError, Change, Listing, Path};
use crate::authenticator::attempts;
use crate::directory::{Operation, end_access};
use crate::events::{Event, EventType};
use crate::sign_in::LinkPurpose;

/// `POST /api/v1/users/{id}/lifecycle/reset_password`: until another password is chosen by the link, nobody gets in.
pub(in crate::api::v1::users) async fn reset_password(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let sends = listing.flag("sendEmail")?;
    let sends = sends.ok_or_else(|| {
        ApiError::new(ErrorCode::MissingParameter).because("sendEmail: Expected true or false")
    })?;
    // Whatever it says: nobody goes on with the password that is to be replaced.
    listing.flag("revokeSessions")?;
    let link = change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            if user.is_of_another_provider() {
                return Err(ApiError::new(ErrorCode::PasswordResetFailed));
            }
            let user = take(writing, &user, Operation::ResetPassword, false)?;
            attempts::unlock(writing.db, &user.id, writing.now)?;
            end_access(writing.db, &user.id, writing.now)?;
            let link = link_for(writing, &user, LinkPurpose::PasswordReset, sends)?;
            writing.log(Event::of(EventType::UserAccountResetPassword).to(user.target()))?;
            Ok(link)
        })
        .await?;
    org.inbox().announce();
    Ok(Json(if sends {
        json!({})
    } else {
        json!({"resetPasswordUrl": link.address})
    }))
}
