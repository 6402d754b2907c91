use super::authenticators::Own;
use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Writing};
use crate::authenticator::{AuthenticatorKey, Enrollment};
use crate::branding;
use crate::events::{Event, EventType};
use crate::inbox::{self, messages};
use model::ErrorCode;

/// Refuses to remove what the person must have.
pub(super) fn may_go(own: &Own, key: AuthenticatorKey) -> Result<(), ApiError> {
    if own.may_remove(key) {
        Ok(())
    } else {
        let cause = format!(
            "{} is required by the policy of the org",
            key.display_name()
        );
        Err(ApiError::new(ErrorCode::WrongStatus).because(cause))
    }
}

/// Takes an authenticator from a person and tells them, in case it was not them who wanted it.
pub(super) fn unenroll(
    writing: &Writing<'_>,
    user: &UserRecord,
    enrollment: &Enrollment,
) -> Result<(), ApiError> {
    writing
        .db
        .prepare_cached("DELETE FROM enrollments WHERE id = ?1")?
        .execute([enrollment.id.as_str()])?;
    let name = enrollment.key.display_name();
    let message = messages::authenticator_removed(&user.profile.email, name, branding::NAME);
    inbox::put(writing.db, &message, writing.now)?;
    let event = Event::of(EventType::FactorDeactivate)
        .to(user.target())
        .debug("factor", enrollment.key.as_str());
    Ok(writing.log(event)?)
}
