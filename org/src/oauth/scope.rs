use serde::{Deserialize, Serialize};

/// What a client may ask to know or do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(crate) enum Scope {
    /// That the person signed in, and who they are to this org.
    Openid,
    /// Name and the like.
    Profile,
    /// The email address.
    Email,
    /// The postal address.
    Address,
    /// The phone number.
    Phone,
    /// The names of the groups; on the org's own server only.
    Groups,
    /// To come back when the person is not there: a refresh token.
    OfflineAccess,
    /// Any other: one of Okta's API, or one that somebody made.
    Other(Box<str>),
}

impl Scope {
    /// The scopes of OpenID Connect, which every authorization server has.
    pub(crate) const STANDARD: [Self; 5] = [
        Self::Openid,
        Self::Profile,
        Self::Email,
        Self::Address,
        Self::Phone,
    ];

    /// The name on the wire.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Openid => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Groups => "groups",
            Self::OfflineAccess => "offline_access",
            Self::Other(name) => name,
        }
    }

    /// Whether it means nothing without `openid`.
    pub(crate) const fn is_about_the_person(&self) -> bool {
        !matches!(self, Self::OfflineAccess | Self::Other(_))
    }
}

impl From<&str> for Scope {
    fn from(name: &str) -> Self {
        match name {
            "openid" => Self::Openid,
            "profile" => Self::Profile,
            "email" => Self::Email,
            "address" => Self::Address,
            "phone" => Self::Phone,
            "groups" => Self::Groups,
            "offline_access" => Self::OfflineAccess,
            other => Self::Other(other.into()),
        }
    }
}

impl From<String> for Scope {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.as_str().to_owned()
    }
}

/// Scopes as they stand in a request or an answer: names with a space between.
pub(crate) fn join(scopes: &[Scope]) -> String {
    let names: Vec<&str> = scopes.iter().map(Scope::as_str).collect();
    names.join(" ")
}
