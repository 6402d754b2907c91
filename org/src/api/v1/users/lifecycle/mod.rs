//! The life cycle of users:
//! <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserLifecycle/>.

pub(super) mod activate;
pub(super) mod deactivate;
pub(super) mod expire_password;
pub(super) mod reactivate;
pub(super) mod reset_factors;
pub(super) mod reset_password;
pub(super) mod suspend;
pub(super) mod unlock;
pub(super) mod unsuspend;

pub(super) use deactivate::deactivate_now;

use model::ErrorCode;
use rusqlite::Connection;

use super::record::{UserRecord, find_user};
use crate::api::{ApiError, Listing, Writing};
use crate::directory::{Operation, UserStatus, groups_of, set_status};
use crate::policy::{PolicySet, Subject};

/// The user whom a change is about, if the caller may change them.
pub(super) fn subject(writing: &Writing<'_>, id: &str) -> Result<UserRecord, ApiError> {
    let user = find_user(writing.db, writing.caller, id)?;
    writing.caller.may_act_on(writing.db, &user.id)?;
    Ok(user)
}

/// Takes the user to where the operation leads, else says why it leads nowhere. The answer is the user as they are then.
fn take(
    writing: &Writing<'_>,
    user: &UserRecord,
    operation: Operation,
    is_ready: bool,
) -> Result<UserRecord, ApiError> {
    let next = user
        .status
        .after(operation, is_ready)
        .ok_or_else(|| refusal(operation))?;
    set_status(writing.db, &user.id, next, writing.now)?;
    user.again(writing.db)
}

/// In Okta's words.
fn refusal(operation: Operation) -> ApiError {
    match operation {
        Operation::Activate => ApiError::new(ErrorCode::AlreadyActive),
        Operation::Suspend => {
            ApiError::validation("suspendUser").because("Cannot suspend a user that is not active")
        }
        Operation::Unsuspend => ApiError::validation("unsuspendUser")
            .because("Cannot unsuspend a user that is not suspended"),
        Operation::Unlock => ApiError::new(ErrorCode::UnlockNotAllowed),
        Operation::ResetPassword => ApiError::new(ErrorCode::PasswordResetFailed)
            .because("User is in an invalid state for a password reset"),
        Operation::Reactivate | Operation::Deactivate | Operation::ExpirePassword => {
            ApiError::new(ErrorCode::WrongStatus)
        }
    }
}

/// Whether the user has all that they need to sign in once they are active.
fn is_ready(db: &Connection, policies: &PolicySet, user: &UserRecord) -> rusqlite::Result<bool> {
    if user.has_password || user.is_of_another_provider() {
        return Ok(true);
    }
    let groups = groups_of(db, &user.id)?;
    let subject = Subject {
        user: Some(&user.id),
        groups: &groups,
    };
    Ok(super::password::is_optional(policies, subject))
}

/// Whether the user is to get a letter: yes, unless the request says otherwise.
fn sends_email(listing: &Listing, usual: bool) -> Result<bool, ApiError> {
    Ok(listing.flag("sendEmail")?.unwrap_or(usual))
}

/// Whether somebody of this status has begun to use their account.
const fn is_in_use(status: UserStatus) -> bool {
    !status.awaits_activation() && !matches!(status, UserStatus::Deprovisioned)
}
