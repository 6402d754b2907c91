//! Who can use which authenticator: one email address, one telephone number, one secret for each app, one question, and as
//! many passkeys as the person likes. The password is not here: it stands with the user.

mod column;
mod record;

use jiff::Timestamp;
use model::EnrollmentId;

use super::AuthenticatorKey;
use super::email::EmailAddress;
use super::phone::PhoneNumber;
use super::security_question::Question;
use super::totp::SealedTotpSecret;
use super::webauthn::Credential;

pub(crate) use record::{
    CreateError, create_enrollment, enrollment_of_credential, enrollments_of, record_passkey_use,
    record_totp_step,
};

/// That a person can use an authenticator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Enrollment {
    pub(crate) id: EnrollmentId,
    pub(crate) key: AuthenticatorKey,
    pub(crate) kind: EnrollmentKind,
    pub(crate) created_at: Timestamp,
}

/// What an authenticator knows of the person. It fits the authenticator: see [`EnrollmentKind::fits`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EnrollmentKind {
    /// The address is verified.
    Email { address: EmailAddress },
    /// The number is verified.
    Phone { number: PhoneNumber },
    /// An authenticator app.
    Totp {
        secret: SealedTotpSecret,
        /// The last step of which a code was used.
        last_step: Option<i64>,
    },
    /// A passkey or a security key.
    Webauthn { credential: Credential },
    /// The answer is hashed as a password is, in its normal form.
    SecurityQuestion {
        question: Question,
        answer_hash: String,
    },
}

impl EnrollmentKind {
    /// Whether an enrollment in the authenticator `key` looks like this.
    pub(crate) const fn fits(&self, key: AuthenticatorKey) -> bool {
        matches!(
            (self, key),
            (Self::Email { .. }, AuthenticatorKey::OktaEmail)
                | (Self::Phone { .. }, AuthenticatorKey::PhoneNumber)
                | (
                    Self::Totp { .. },
                    AuthenticatorKey::GoogleOtp | AuthenticatorKey::OktaVerify
                )
                | (Self::Webauthn { .. }, AuthenticatorKey::Webauthn)
                | (
                    Self::SecurityQuestion { .. },
                    AuthenticatorKey::SecurityQuestion
                )
        )
    }
}

#[cfg(test)]
mod tests;
