use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest name of a time zone that is read, in bytes.
const LONGEST: usize = 64;

/// The name of a time zone as the IANA database has them, such as `Europe/Berlin`; in shape, for the database is on the server.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(String);

/// A text that is not a [`ZoneName`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("Choose a time zone from the list.")]
pub struct InvalidZone;

impl ZoneName {
    /// Reads a name: parts of letters, digits, `_`, `+` and `-`, with slashes between.
    ///
    /// # Errors
    ///
    /// [`InvalidZone`] for everything else, and for more than 64 bytes.
    pub fn parse(value: &str) -> Result<Self, InvalidZone> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte);
        let is_part = |part: &str| !part.is_empty() && part.bytes().all(is_plain);
        if value.len() <= LONGEST && value.split('/').all(is_part) {
            Ok(Self(value.to_owned()))
        } else {
            Err(InvalidZone)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ZoneName {
    type Error = InvalidZone;

    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}

impl From<ZoneName> for String {
    fn from(value: ZoneName) -> Self {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_zone_is_plain_and_short() {
        for name in [
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "Etc/GMT+9",
        ] {
            assert!(ZoneName::parse(name).is_ok(), "{name}");
        }
        let long = "a".repeat(65);
        for text in [
            "",
            "/",
            "Europe/",
            "../../etc/passwd",
            "Europe Berlin",
            "Zürich",
            "a\n",
            &long,
        ] {
            assert_eq!(ZoneName::parse(text), Err(InvalidZone), "{text}");
        }
    }
}
