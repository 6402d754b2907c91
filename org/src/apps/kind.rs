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
}

impl ApplicationType {
    /// The name on Okta's wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Browser => "browser",
            Self::Native => "native",
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
    /// Not at all: it has no secret.
    None,
}

impl TokenEndpointAuthMethod {
    /// The name on the wire and in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::ClientSecretBasic => "client_secret_basic",
            Self::ClientSecretPost => "client_secret_post",
            Self::None => "none",
        }
    }

    /// Whether a client of this kind has a secret.
    pub(crate) const fn is_confidential(self) -> bool {
        match self {
            Self::ClientSecretBasic | Self::ClientSecretPost => true,
            Self::None => false,
        }
    }
}

impl TryFrom<String> for TokenEndpointAuthMethod {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::deserialize(name.into_deserializer())
    }
}
