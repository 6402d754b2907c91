use super::super::AuthenticatorKey;
use super::{AllowedFor, Settings};

impl Settings {
    /// The settings that a fresh org has. Email is for recovery only there, until an administrator changes it.
    pub(crate) fn default_of(key: AuthenticatorKey) -> Self {
        let plain = Self::default();
        match key {
            AuthenticatorKey::OktaEmail => Self {
                allowed_for: AllowedFor::Recovery,
                token_lifetime_in_minutes: Some(5),
                ..plain
            },
            AuthenticatorKey::SecurityQuestion => Self {
                allowed_for: AllowedFor::Recovery,
                ..plain
            },
            AuthenticatorKey::OktaPassword
            | AuthenticatorKey::PhoneNumber
            | AuthenticatorKey::GoogleOtp
            | AuthenticatorKey::OktaVerify
            | AuthenticatorKey::Webauthn => plain,
        }
    }
}
