use serde::{Deserialize, Serialize};

/// Where a user stands in Okta's life cycle
/// (<https://developer.okta.com/docs/concepts/user-profiles/#user-status>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UserStatus {
    /// Created, not activated.
    Staged,
    /// Activated, without a password yet.
    Provisioned,
    /// May sign in.
    Active,
    /// A password reset was begun.
    Recovery,
    /// Must choose a new password.
    PasswordExpired,
    /// Failed too often.
    LockedOut,
    /// Paused by an administrator.
    Suspended,
    /// Deactivated.
    Deprovisioned,
}

impl UserStatus {
    /// The name on Okta's wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Staged => "STAGED",
            Self::Provisioned => "PROVISIONED",
            Self::Active => "ACTIVE",
            Self::Recovery => "RECOVERY",
            Self::PasswordExpired => "PASSWORD_EXPIRED",
            Self::LockedOut => "LOCKED_OUT",
            Self::Suspended => "SUSPENDED",
            Self::Deprovisioned => "DEPROVISIONED",
        }
    }
}

impl UserStatus {
    /// Whether a user of this status may hold tokens.
    pub(crate) const fn may_sign_in(self) -> bool {
        match self {
            Self::Active => true,
            Self::Staged
            | Self::Provisioned
            | Self::Recovery
            | Self::PasswordExpired
            | Self::LockedOut
            | Self::Suspended
            | Self::Deprovisioned => false,
        }
    }

    /// Whether the account waits for its owner's first steps.
    pub(crate) const fn awaits_activation(self) -> bool {
        matches!(self, Self::Staged | Self::Provisioned)
    }
}

impl TryFrom<String> for UserStatus {
    type Error = serde::de::value::Error;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        use serde::de::IntoDeserializer as _;
        Self::deserialize(name.into_deserializer())
    }
}
