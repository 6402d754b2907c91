use model::EnrollmentId;

use super::question::remove_enrollment;
use super::record::UserRecord;
use crate::api::{ApiError, Writing};
use crate::authenticator::email::EmailAddress;
use crate::authenticator::enrollment::create_enrollment;
use crate::authenticator::{AuthenticatorKey, Enrollment, EnrollmentKind};
use crate::directory::UserStatus;
use crate::failure::Failure;

/// Makes the address of the profile the one that the user proves themselves by: whoever administers the org vouches for it.
/// Those who have not begun to use their account prove it when they do.
pub(super) fn vouch_for_address(writing: &Writing<'_>, user: &UserRecord) -> Result<(), ApiError> {
    if user.status.awaits_activation() || user.status == UserStatus::Deprovisioned {
        return Ok(());
    }
    remove_enrollment(writing.db, &user.id, AuthenticatorKey::OktaEmail)?;
    let Ok(address) = EmailAddress::parse(&user.profile.email) else {
        return Ok(());
    };
    let enrollment = Enrollment {
        id: EnrollmentId::generate(writing.entropy),
        key: AuthenticatorKey::OktaEmail,
        kind: EnrollmentKind::Email { address },
        created_at: writing.now,
    };
    Ok(create_enrollment(writing.db, &user.id, &enrollment).map_err(Failure::from)?)
}
