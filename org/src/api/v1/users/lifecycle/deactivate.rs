use axum::Json;
use serde_json::{Value, json};

use super::{subject, take};
use crate::api::v1::users::record::UserRecord;
use crate::api::{ApiError, Change, Path, Role, Writing, has_another_super_admin, roles_of};
use crate::directory::{Operation, strip};
use crate::events::{Event, EventType};

/// `POST /api/v1/users/{id}/lifecycle/deactivate`.
pub(in crate::api::v1::users) async fn deactivate(
    change: Change,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let user = subject(writing, &id)?;
            deactivate_now(writing, &user)?;
            Ok(Json(json!({})))
        })
        .await
}

/// Deactivates the user: nothing lets them in from now on. The last super administrator stays.
pub(in crate::api::v1::users) fn deactivate_now(
    writing: &Writing<'_>,
    user: &UserRecord,
) -> Result<(), ApiError> {
    keep_last_super_admin(writing, user)?;
    take(writing, user, Operation::Deactivate, false)?;
    writing.sign_out_everywhere(&user.person(), EventType::UserLifecycleDeactivate)?;
    strip(writing.db, &user.id)?;
    writing.log(Event::of(EventType::UserLifecycleDeactivate).to(user.target()))?;
    Ok(())
}

/// Refuses what would leave the org without anybody who may do everything.
pub(super) fn keep_last_super_admin(
    writing: &Writing<'_>,
    user: &UserRecord,
) -> Result<(), ApiError> {
    let is_one = roles_of(writing.db, &user.id)?.contains(&Role::SuperAdmin);
    if is_one && !has_another_super_admin(writing.db, &user.id)? {
        return Err(ApiError::forbidden());
    }
    Ok(())
}
