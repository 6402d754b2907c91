use serde::{Deserialize, Serialize};
use std::fmt;

use crate::Entropy;

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH: usize = 20;
const PREFIX_LENGTH: usize = 3;

/// A text that is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not {what}: expected {LENGTH} letters and digits that begin with {prefix:?}")]
pub struct InvalidId {
    value: String,
    what: &'static str,
    prefix: &'static str,
}

fn generate(prefix: &str, entropy: &dyn Entropy) -> String {
    let mut id = String::with_capacity(LENGTH);
    id.push_str(prefix);
    while id.len() < LENGTH {
        // 248 is the largest multiple of 62 in a byte: larger values would favour the first letters.
        let byte = entropy.bytes::<1>()[0];
        if byte < 248 {
            id.push(char::from(ALPHABET[usize::from(byte % 62)]));
        }
    }
    id
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $prefix:literal, $what:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The three characters every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A fresh, unguessable id (101 bits).
            pub fn generate(entropy: &dyn Entropy) -> Self {
                Self(generate($prefix, entropy))
            }

            /// Reads an id, refusing a text of another length, alphabet or prefix.
            pub fn parse(value: impl Into<String>) -> Result<Self, InvalidId> {
                let value = value.into();
                let is_valid = value.len() == LENGTH
                    && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
                    && value.get(..PREFIX_LENGTH) == Some($prefix);
                if is_valid { Ok(Self(value)) } else { Err(InvalidId { value, what: $what, prefix: $prefix }) }
            }

            /// The id as it appears on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(value: String) -> Result<Self, Self::Error> {
                Self::parse(value)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(
    /// A user: `00u…`.
    UserId, "00u", "a user id"
);
id!(
    /// A group: `00g…`.
    GroupId, "00g", "a group id"
);
id!(
    /// An app integration, which is also its OAuth `client_id`: `0oa…`.
    AppId, "0oa", "an app id"
);
id!(
    /// A custom authorization server: `aus…`.
    AuthorizationServerId, "aus", "an authorization server id"
);
id!(
    /// An org: `00o…`.
    OrgId, "00o", "an org id"
);

id!(
    /// An authenticator that the org offers: `aut…`.
    AuthenticatorId, "aut", "an authenticator id"
);
id!(
    /// A user's enrollment in an authenticator: `eae…`.
    EnrollmentId, "eae", "an enrollment id"
);

id!(
    /// A secret of an app: `ocs…`.
    ClientSecretId, "ocs", "a client secret id"
);
id!(
    /// A public key of an app: `pks…`.
    ClientKeyId, "pks", "a client key id"
);
id!(
    /// A refresh token, whatever stands for it at the moment: `oar…`.
    RefreshTokenId, "oar", "a refresh token id"
);
id!(
    /// A scope that was granted to an app: `oag…`.
    AppGrantId, "oag", "a grant id"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Counting(std::sync::atomic::AtomicU8);
    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                *byte = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    #[test]
    fn a_generated_id_has_the_prefix_and_length_okta_uses() {
        let id = UserId::generate(&Counting(240.into()));
        assert!(id.as_str().starts_with("00u"));
        assert_eq!(id.as_str().len(), 20);
        assert_eq!(UserId::parse(id.as_str()), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused_with_the_reason() {
        let group = GroupId::generate(&Counting(0.into()));
        let error = UserId::parse(group.as_str()).expect_err("a group id is not a user id");
        assert!(error.to_string().contains("is not a user id"), "{error}");
    }

    #[test]
    fn multi_byte_text_is_refused_without_a_panic() {
        assert!(UserId::parse("00ü9999999999999999").is_err());
        assert!(UserId::parse("").is_err());
    }
}
