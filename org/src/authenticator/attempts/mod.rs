//! Failures to prove who one is, and the lock that follows too many of them.
//!
//! Failures are counted per user in lanes: one for each device that the user has signed in with, and one for all other
//! devices together. So whoever guesses from elsewhere cannot lock out a user on their own device. Passwords and codes
//! count separately. Only when no lane of the user is open does the account itself become `LOCKED_OUT`.
//!
//! What is found out about an answer counts in the transaction that counts the answer, and nowhere else: then many answers
//! at the same moment are not more than the limit.

mod devices;
mod lane;
mod record;

use jiff::{SignedDuration, Timestamp};
use model::UserId;

use crate::store::Digest;

pub(crate) use devices::{is_known_device, remember_device};
pub(crate) use record::{
    clear_failures, count_failure, has_failures, standing, standing_in_lane, unlock, unlock_if_due,
};

/// However lenient the policy: so many failures without a success between them lock for good (NIST SP 800-63B, §3.2.2).
const CEILING: u32 = 100;

/// What is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttemptKind {
    /// The password.
    Password,
    /// A code or an answer.
    Code,
}

impl AttemptKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "PASSWORD",
            Self::Code => "CODE",
        }
    }
}

/// When to lock and for how long, from the password policy's `settings.lockout`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lockout {
    /// So many failures lock; 0 for no limit but the hard one.
    pub(crate) max_attempts: u32,
    /// A lock ends after so many minutes; 0 when only a person can end it.
    pub(crate) auto_unlock_minutes: u32,
}

impl Lockout {
    /// Nothing locks but the hard limit.
    pub(crate) const NONE: Self = Self {
        max_attempts: 0,
        auto_unlock_minutes: 0,
    };

    const fn limit(self) -> u32 {
        if self.max_attempts == 0 || self.max_attempts > CEILING {
            CEILING
        } else {
            self.max_attempts
        }
    }

    /// Whether a lock that began then has ended by itself.
    fn is_over(self, locked_at: Timestamp, now: Timestamp) -> bool {
        let minutes = i64::from(self.auto_unlock_minutes);
        minutes > 0 && now.duration_since(locked_at) >= SignedDuration::from_mins(minutes)
    }
}

/// An answer that a person gives to prove who they are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt<'a> {
    pub(crate) user: &'a UserId,
    /// The device it comes from, if it has said so.
    pub(crate) device: Option<Digest>,
    pub(crate) kind: AttemptKind,
    pub(crate) lockout: Lockout,
    pub(crate) now: Timestamp,
}

/// Whether an answer is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is.
    Open,
    /// It is not, right or wrong.
    Locked,
}

/// The failures of one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failures {
    /// Since the last success or the last unlock.
    recent: u32,
    /// Since the last success or the last unlock by a person.
    total: u32,
    last_at: Timestamp,
}

impl Failures {
    const fn none(now: Timestamp) -> Self {
        Self {
            recent: 0,
            total: 0,
            last_at: now,
        }
    }

    fn standing(self, lockout: Lockout, now: Timestamp) -> Standing {
        let is_locked = self.total >= CEILING
            || (self.recent >= lockout.limit() && !lockout.is_over(self.last_at, now));
        if is_locked {
            Standing::Locked
        } else {
            Standing::Open
        }
    }

    /// One more failure. A lock that has ended by itself begins a new round.
    fn and_one(self, lockout: Lockout, now: Timestamp) -> Self {
        let begins_anew = self.recent >= lockout.limit() && lockout.is_over(self.last_at, now);
        Self {
            recent: if begins_anew { 1 } else { self.recent + 1 },
            total: self.total + 1,
            last_at: now,
        }
    }
}

#[cfg(test)]
mod tests;
