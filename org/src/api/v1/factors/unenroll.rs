use http::StatusCode;

use super::record::{State, find_factor};
use crate::api::v1::users::find_user;
use crate::api::{ApiError, Change, Path};
use crate::authenticator::factor::end_pending_factor;
use crate::events::{Event, EventType};

/// `DELETE /api/v1/users/{userId}/factors/{factorId}`. A telephone goes with both of its factors.
pub(super) async fn unenroll(
    change: Change,
    Path((user, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let user = find_user(writing.db, writing.caller, &user)?;
            writing.caller.may_act_on(writing.db, &user.id)?;
            let factor = find_factor(writing.db, &user, &id)?;
            match &factor.state {
                State::Pending(pending) => end_pending_factor(writing.db, &pending.id)?,
                State::Active(enrollment) => {
                    writing
                        .db
                        .prepare_cached("DELETE FROM enrollments WHERE id = ?1")?
                        .execute([enrollment.id.as_str()])?;
                }
            }
            let event = Event::of(EventType::FactorDeactivate)
                .to(user.target())
                .debug("factor", factor.kind.key().as_str());
            writing.log(event)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
