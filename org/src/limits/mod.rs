//! How many requests the org answers in a minute, as Okta limits them
//! (<https://developer.okta.com/docs/reference/rl-best-practices/>).
//!
//! A request counts in every counter that it belongs to: the bucket of its path for the whole org, the share of the token or the app
//! that it comes from, the browser that it comes from, and the sign-in or the user that it is about. It is refused when one of
//! them is over its limit.

mod asker;
mod bucket;
mod events;
mod layer;
mod refusal;
mod running;
mod settings;
mod verdict;
mod window;

use jiff::Timestamp;

pub(crate) use bucket::Bucket;
pub(crate) use layer::limit;
pub(crate) use settings::{
    ClientMode, LimitSettings, UseCase, find_limit_settings, put_limit_settings,
};

use running::Running;
use window::Windows;

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

impl RateLimits {
    /// The name in the configuration.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Developer => "developer",
            Self::Production => "production",
        }
    }

    /// How many requests the org works on at the same time.
    const fn concurrency(self) -> u32 {
        match self {
            Self::Off => u32::MAX,
            Self::Developer => 35,
            Self::Production => 75,
        }
    }
}

/// What the org has counted. Nothing of it outlives the process.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    profile: RateLimits,
    windows: Windows,
    running: Running,
}

/// What a bucket has seen in its present minute.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) bucket: &'static Bucket,
    pub(crate) limit: u32,
    pub(crate) count: u32,
    /// When the minute ends; None when none has begun.
    pub(crate) reset_at: Option<Timestamp>,
}

impl Limits {
    pub(crate) fn new(profile: RateLimits) -> Self {
        Self {
            profile,
            ..Self::default()
        }
    }

    pub(crate) const fn profile(&self) -> RateLimits {
        self.profile
    }

    /// How many requests the org works on at this moment.
    pub(crate) fn running(&self) -> u32 {
        self.running.total()
    }

    /// Every bucket with what it has seen.
    pub(crate) fn usage(&self, now: Timestamp) -> Vec<Usage> {
        let usage = |(index, bucket): (usize, &'static Bucket)| {
            let window = self.windows.look(&window::Key::Org(index), now);
            Usage {
                bucket,
                limit: bucket.limit(self.profile),
                count: window.map_or(0, |window| window.count),
                reset_at: window.map(|window| window.reset_at),
            }
        };
        bucket::ALL.iter().enumerate().map(usage).collect()
    }
}

#[cfg(test)]
mod tests;
