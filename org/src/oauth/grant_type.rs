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
    /// By a code for which a person answers elsewhere (RFC 8628).
    DeviceCode,
    /// By its own credentials: the app acts for itself (RFC 6749 §4.4).
    ClientCredentials,
    /// By a token that came with an earlier one (RFC 6749 §6).
    RefreshToken,
    /// By the access token of somebody for whom a service acts (RFC 8693).
    TokenExchange,
    /// By a name and a password that the app asked for itself. This and the rest are direct authentication
    /// (<https://developer.okta.com/docs/guides/configure-direct-auth-grants/>).
    Password,
    /// By a time-based code.
    Otp,
    /// By a code that was sent by text message or call.
    Oob,
    /// By a time-based code after another factor.
    MfaOtp,
    /// By a code that was sent, after another factor.
    MfaOob,
}

impl GrantType {
    pub(crate) const ALL: [Self; 11] = [
        Self::AuthorizationCode,
        Self::InteractionCode,
        Self::DeviceCode,
        Self::ClientCredentials,
        Self::RefreshToken,
        Self::TokenExchange,
        Self::Password,
        Self::Otp,
        Self::Oob,
        Self::MfaOtp,
        Self::MfaOob,
    ];

    /// Those of apps that carry what people say to the token endpoint.
    pub(crate) const DIRECT: [Self; 5] = [
        Self::Password,
        Self::Otp,
        Self::Oob,
        Self::MfaOtp,
        Self::MfaOob,
    ];

    /// Those of people who sign in.
    pub(crate) const BY_CODE: [Self; 3] = [
        Self::AuthorizationCode,
        Self::InteractionCode,
        Self::DeviceCode,
    ];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant| grant.as_str() == name)
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::InteractionCode => "interaction_code",
            Self::DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
            Self::ClientCredentials => "client_credentials",
            Self::RefreshToken => "refresh_token",
            Self::TokenExchange => "urn:ietf:params:oauth:grant-type:token-exchange",
            Self::Password => "password",
            Self::Otp => "urn:okta:params:oauth:grant-type:otp",
            Self::Oob => "urn:okta:params:oauth:grant-type:oob",
            Self::MfaOtp => "http://auth0.com/oauth/grant-type/mfa-otp",
            Self::MfaOob => "http://auth0.com/oauth/grant-type/mfa-oob",
        }
    }

    /// How long a code is good. Fixed by Okta. Without a code there is none to be good.
    pub(super) const fn code_lifetime(self) -> SignedDuration {
        match self {
            Self::AuthorizationCode => SignedDuration::from_mins(5),
            Self::InteractionCode => SignedDuration::from_secs(60),
            Self::DeviceCode => SignedDuration::from_mins(10),
            _ => SignedDuration::ZERO,
        }
    }
}
