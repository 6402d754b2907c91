use super::UserStatus;

/// What an administrator does to the life cycle of a user
/// (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserLifecycle/>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Activate,
    Reactivate,
    Deactivate,
    Suspend,
    Unsuspend,
    Unlock,
    ExpirePassword,
    ResetPassword,
}

impl UserStatus {
    /// Where the user stands after the operation; `None`: not from here. `is_ready` is whether nothing is missing to sign in
    /// with, such as a first password.
    pub(crate) const fn after(self, operation: Operation, is_ready: bool) -> Option<Self> {
        use UserStatus as S;
        match (operation, self) {
            (Operation::Activate, S::Staged | S::Deprovisioned) => {
                Some(if is_ready { S::Active } else { S::Provisioned })
            }
            (Operation::Reactivate, S::Provisioned | S::Recovery) => Some(S::Provisioned),
            (Operation::Deactivate, S::Deprovisioned) => None,
            (Operation::Deactivate, _) => Some(S::Deprovisioned),
            (Operation::Suspend, S::Active) => Some(S::Suspended),
            (Operation::Unsuspend, S::Suspended) | (Operation::Unlock, S::LockedOut) => {
                Some(S::Active)
            }
            (Operation::ExpirePassword, S::Active | S::PasswordExpired) => Some(S::PasswordExpired),
            (
                Operation::ResetPassword,
                S::Active | S::Provisioned | S::PasswordExpired | S::LockedOut | S::Recovery,
            ) => Some(S::Recovery),
            (
                Operation::Activate
                | Operation::Reactivate
                | Operation::Suspend
                | Operation::Unsuspend
                | Operation::Unlock
                | Operation::ExpirePassword
                | Operation::ResetPassword,
                _,
            ) => None,
        }
    }
}
