use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How an app gets tokens. The names are those of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GrantType {
    /// By a code that a browser brought (RFC 6749 §4.1).
    #[default]
    AuthorizationCode,
    /// By a code that the sign-in API gave to the app itself: Okta's interaction code flow.
    InteractionCode,
    /// By its own credentials: the app acts for itself (RFC 6749 §4.4).
    ClientCredentials,
}

impl GrantType {
    pub(crate) const ALL: [Self; 3] = [
        Self::AuthorizationCode,
        Self::InteractionCode,
        Self::ClientCredentials,
    ];

    /// Those of people who sign in.
    pub(crate) const BY_CODE: [Self; 2] = [Self::AuthorizationCode, Self::InteractionCode];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant| grant.as_str() == name)
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::InteractionCode => "interaction_code",
            Self::ClientCredentials => "client_credentials",
        }
    }

    /// How long a code is good. Fixed by Okta. Without a code there is none to be good.
    pub(super) const fn code_lifetime(self) -> SignedDuration {
        match self {
            Self::AuthorizationCode => SignedDuration::from_mins(5),
            Self::InteractionCode => SignedDuration::from_secs(60),
            Self::ClientCredentials => SignedDuration::ZERO,
        }
    }
}
