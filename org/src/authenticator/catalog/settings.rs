use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::super::Method;

/// What an authenticator may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AllowedFor {
    /// To sign in and to recover an account.
    #[default]
    Any,
    /// To sign in.
    Sso,
    /// To recover an account.
    Recovery,
    /// For nothing.
    None,
}

/// Whether a passkey must make sure who uses it (WebAuthn §5.8.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UserVerification {
    /// Always.
    #[default]
    Required,
    /// If the device can.
    Preferred,
    /// Rather not.
    Discouraged,
}

/// The settings of an authenticator and of its methods, as far as the org goes by them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) allowed_for: AllowedFor,
    /// For `okta_email`: how long a code and its link are good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) token_lifetime_in_minutes: Option<u8>,
    /// The methods that are switched off though the authenticator is active.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) inactive_methods: Vec<Method>,
}

/// How long a code is good where no setting says otherwise.
const TOKEN_LIFETIME_MINUTES: u8 = 5;

impl Settings {
    /// The lifetimes that Okta allows for codes by email.
    pub(crate) const TOKEN_LIFETIMES: [u8; 6] = [5, 10, 15, 20, 25, 30];

    /// How long a code is good, and the link that stands beside it.
    pub(crate) fn token_lifetime(&self) -> SignedDuration {
        let minutes = self
            .token_lifetime_in_minutes
            .unwrap_or(TOKEN_LIFETIME_MINUTES);
        SignedDuration::from_mins(minutes.into())
    }
}
