use secrecy::SecretString;
use serde::{Deserialize, Deserializer};

use crate::authenticator::AuthenticatorKey;
use crate::authenticator::phone::PhoneNumber;
use crate::directory::UserStatus;

/// A person of a seed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SeedUser {
    pub(crate) login: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    #[serde(default)]
    pub(crate) password: SeedPassword,
    #[serde(default = "active")]
    status: UserStatus,
    /// The password is right and must be changed at the next sign-in: short for the status.
    #[serde(default)]
    password_expired: bool,
    /// Absent: it is, unless the account waits for its owner's first steps.
    email_verified: Option<bool>,
    /// What the person can use besides the password and the address.
    #[serde(default)]
    pub(crate) factors: Vec<SeedFactor>,
    #[serde(default)]
    pub(crate) roles: Vec<String>,
    #[serde(default)]
    pub(crate) description: String,
}

const fn active() -> UserStatus {
    UserStatus::Active
}

impl SeedUser {
    pub(crate) fn status(&self) -> UserStatus {
        if self.password_expired && self.status == UserStatus::Active {
            UserStatus::PasswordExpired
        } else {
            self.status
        }
    }

    /// Whether the address is known to be the person's.
    pub(crate) fn is_email_verified(&self) -> bool {
        let is_in_use = !self.status.awaits_activation();
        self.email_verified.unwrap_or(is_in_use)
    }

    /// Whether it says that a password has expired that cannot have done so.
    pub(crate) fn is_expiry_absurd(&self) -> bool {
        let may_expire = matches!(
            self.status,
            UserStatus::Active | UserStatus::PasswordExpired
        ) && !matches!(self.password, SeedPassword::None);
        self.password_expired && !may_expire
    }
}

/// What a seed says of a password.
#[derive(Debug, Clone, Default)]
pub(crate) enum SeedPassword {
    /// Nothing, so that one is made.
    #[default]
    Generated,
    /// This one.
    Given(SecretString),
    /// `null`: the person has none.
    None,
}

impl<'de> Deserialize<'de> for SeedPassword {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Option::<SecretString>::deserialize(deserializer)?;
        Ok(given.map_or(Self::None, Self::Given))
    }
}

/// An authenticator that a person of a seed can use.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub(crate) enum SeedFactor {
    /// By text message or call.
    Phone { number: PhoneNumber },
    /// The secret is base32 of 16 to 64 bytes.
    GoogleOtp { secret: SecretString },
    /// The secret is base32 of 16 to 64 bytes.
    OktaVerify { secret: SecretString },
    /// One of Okta's questions by its key, or `custom` with the text of it.
    SecurityQuestion {
        question: String,
        text: Option<String>,
        answer: SecretString,
    },
}

impl SeedFactor {
    pub(crate) const fn key(&self) -> AuthenticatorKey {
        match self {
            Self::Phone { .. } => AuthenticatorKey::PhoneNumber,
            Self::GoogleOtp { .. } => AuthenticatorKey::GoogleOtp,
            Self::OktaVerify { .. } => AuthenticatorKey::OktaVerify,
            Self::SecurityQuestion { .. } => AuthenticatorKey::SecurityQuestion,
        }
    }
}
