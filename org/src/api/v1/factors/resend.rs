use axum::Json;
use serde_json::Value;

use super::record::{State, find_factor};
use super::{letter, view::view};
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Change, OptionalBody, Path};

/// `POST /api/v1/users/{userId}/factors/{factorId}/resend`: another first code, after half a minute by telephone and after
/// five seconds by email.
pub(super) async fn resend(
    change: Change,
    Path((user, id)): Path<(String, String)>,
    OptionalBody(_): OptionalBody<Value>,
) -> Result<Json<Value>, ApiError> {
    let org = change.org().clone();
    let letters = org.kit().letters;
    let shape = change
        .run(move |writing| {
            let user = find_user(writing.db, writing.caller, &user)?;
            writing.caller.may_act_on(writing.db, &user.id)?;
            let factor = find_factor(writing.db, &user, &id)?;
            let State::Pending(pending) = &factor.state else {
                return Err(ApiError::invalid("factor", "The factor is active already"));
            };
            let Some(to) = &pending.address else {
                return Err(ApiError::invalid(
                    "factor",
                    "Nothing is sent for factors of this type",
                ));
            };
            let message = (factor.kind, factor.id.as_str(), to.as_str());
            letter::send(writing, &letters, &user, message)?;
            writing.log(letter::event(factor.kind, &user))?;
            Ok(view(&user, &factor, writing.url))
        })
        .await?;
    org.inbox().announce();
    Ok(Json(shape))
}
