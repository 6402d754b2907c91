use axum::Json;
use axum::extract::State;
use model::ErrorCode;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::{subject, take};
use crate::Org;
use crate::api::v1::users::password::hash_text;
use crate::api::v1::users::record::UserRecord;
use crate::api::v1::users::view::view;
use crate::api::{ApiError, Change, Listing, Path, Writing};
use crate::authenticator::password::change::set_password;
use crate::authenticator::password::generate;
use crate::directory::{Operation, end_access};
use crate::events::{Event, EventType};

/// `POST /api/v1/users/{id}/lifecycle/expire_password`.
pub(in crate::api::v1::users) async fn expire_password(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let user = change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            expire(writing, &user)
        })
        .await?;
    Ok(Json(view(&user, &org)))
}

/// `POST /api/v1/users/{id}/lifecycle/expire_password_with_temp_password`: the answer is the only place that has the password.
pub(in crate::api::v1::users) async fn expire_with_temporary(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Json<Value>, ApiError> {
    listing.flag("revokeSessions")?;
    let password = generate(org.entropy());
    let hash = hash_text(&org, &password).await?;
    change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            expire(writing, &user)?;
            set_password(writing.db, &user.id, &hash, writing.now)?;
            // A new password ends the wish for another; this one is to be replaced.
            let user = user.again(writing.db)?;
            take(writing, &user, Operation::ExpirePassword, false)?;
            Ok(())
        })
        .await?;
    Ok(Json(json!({"tempPassword": password.expose_secret()})))
}

/// Whoever goes on shows the password and chooses another: what began with the one that has expired ends.
fn expire(writing: &Writing<'_>, user: &UserRecord) -> Result<UserRecord, ApiError> {
    if !user.has_password {
        return Err(ApiError::new(ErrorCode::WrongStatus));
    }
    let user = take(writing, user, Operation::ExpirePassword, false)?;
    end_access(writing.db, &user.id, writing.now)?;
    writing.log(Event::of(EventType::UserAccountExpirePassword).to(user.target()))?;
    Ok(user)
}
