//! The global session policy (`OKTA_SIGN_ON`): how long a session of the org lives, and when it is too old for a request.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A session unused for this long has ended. Okta's default; its absolute lifetime is unlimited.
pub(crate) const IDLE: SignedDuration = SignedDuration::from_mins(120);

/// What a session must be to answer a request without a new sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Demand {
    /// `prompt=login`: a session never answers.
    pub(crate) fresh_sign_in: bool,
    /// `max_age`, in seconds.
    pub(crate) max_age: Option<u32>,
}

impl Demand {
    /// The same as an age that no proof may exceed, in seconds.
    pub(crate) fn max_age(self) -> Option<u32> {
        if self.fresh_sign_in {
            Some(0)
        } else {
            self.max_age
        }
    }
}

/// Whether a sign-in at `signed_in_at` satisfies the demand.
pub(crate) fn satisfies(demand: Demand, signed_in_at: Timestamp, now: Timestamp) -> bool {
    let age = now.duration_since(signed_in_at).as_secs();
    let is_recent = |max_age: u32| max_age > 0 && age <= i64::from(max_age);
    !demand.fresh_sign_in && demand.max_age.is_none_or(is_recent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn max_age_counts_from_the_sign_in_and_zero_always_asks_again() {
        let then = Timestamp::UNIX_EPOCH;
        let after = |seconds| then + SignedDuration::from_secs(seconds);
        let demand = |max_age| Demand {
            fresh_sign_in: false,
            max_age,
        };
        assert!(satisfies(demand(None), then, after(1_000_000)));
        assert!(satisfies(demand(Some(60)), then, after(60)));
        assert!(!satisfies(demand(Some(60)), then, after(61)));
        assert!(!satisfies(demand(Some(0)), then, then));
        let login = Demand {
            fresh_sign_in: true,
            max_age: None,
        };
        assert!(!satisfies(login, then, then));
    }
}
