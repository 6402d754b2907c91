//! How many requests the org answers in a minute, as Okta limits them
//! (<https://developer.okta.com/docs/reference/rl-best-practices/>).

/// Which limits the org has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RateLimits {
    /// None: answers say how many requests there may be, and nothing is refused.
    #[default]
    Off,
    /// Those of Okta's free orgs for developers.
    Developer,
    /// Those of a paid org.
    Production,
}

/// A text that names no set of limits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected off, developer or production")]
pub struct InvalidRateLimits;

impl std::str::FromStr for RateLimits {
    type Err = InvalidRateLimits;

    fn from_str(text: &str) -> Result<Self, InvalidRateLimits> {
        match text {
            "off" => Ok(Self::Off),
            "developer" => Ok(Self::Developer),
            "production" => Ok(Self::Production),
            _ => Err(InvalidRateLimits),
        }
    }
}
