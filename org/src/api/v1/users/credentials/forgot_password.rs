use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use serde_json::{Value, json};

use crate::Org;
use crate::api::v1::users::letter::link_for;
use crate::api::v1::users::lifecycle::subject;
use crate::api::{ApiError, Change, Listing, Path};
use crate::directory::UserStatus;
use crate::events::{Event, EventType};
use crate::sign_in::LinkPurpose;

/// `POST /api/v1/users/{userId}/credentials/forgot_password`: a link to another password; until then the present one counts.
pub(in crate::api::v1::users) async fn forgot_password(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    let sends = listing.flag("sendEmail")?.unwrap_or(true);
    let link = change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            if user.status != UserStatus::Active || user.is_of_another_provider() {
                return Err(ApiError::new(ErrorCode::ForgotPasswordNotAllowed));
            }
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
