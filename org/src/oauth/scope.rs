use serde::{Deserialize, Serialize};

/// What a client may ask to know or do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
}

impl Scope {
    /// The scopes of a custom authorization server.
    pub(crate) const STANDARD: [Self; 5] = [
        Self::Openid,
        Self::Profile,
        Self::Email,
        Self::Address,
        Self::Phone,
    ];

    /// The name on the wire.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Openid => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Groups => "groups",
        }
    }
}

/// Scopes as they stand in a request or an answer: names with a space between.
pub(crate) fn join(scopes: &[Scope]) -> String {
    let names: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    names.join(" ")
}
