use serde::de::IntoDeserializer as _;
use serde::de::value::Error as NameError;
use serde::{Deserialize, Serialize};

/// What an app is, which decides whether it can keep a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ApplicationType {
    /// Runs on a server and keeps a secret.
    Web,
    /// Runs in a browser.
    Browser,
    /// Is installed on a device.
    Native,
    /// Acts for itself, without a person.
    Service,
}

impl ApplicationType {
    /// The name on Okta's wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Browser => "browser",
            Self::Native => "native",
            Self::Service => "service",
        }
    }
}

/// How a client proves at the token endpoint that it is itself (OpenID Connect Core §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenEndpointAuthMethod {
    /// By its secret in an `Authorization` header.
    ClientSecretBasic,
    /// By its secret in the body.
    ClientSecretPost,
    /// By an assertion that it signs with its secret (RFC 7523 §2.2).
    ClientSecretJwt,
    /// By an assertion that it signs with a key of which the org has the public half.
    PrivateKeyJwt,
    /// Not at all: it has no secret.
    None,
}

impl TokenEndpointAuthMethod {
    /// The name on the wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::ClientSecretJwt => "client_secret_jwt",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::None => "none",
        }
    }

    /// Whether a client of this kind proves who it is. One that does not is public (RFC 6749 §2.1).
    pub(crate) const fn is_confidential(self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whether a client of this kind has a secret.
    pub(crate) const fn has_secret(self) -> bool {
        match self {
            Self::ClientSecretBasic | Self::ClientSecretPost | Self::ClientSecretJwt => true,
            Self::PrivateKeyJwt | Self::None => false,
        }
    }
}

impl TryFrom<String> for ApplicationType {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::deserialize(name.into_deserializer())
    }
}

impl TryFrom<String> for TokenEndpointAuthMethod {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::deserialize(name.into_deserializer())
    }
}
