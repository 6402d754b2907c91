//! Keeping within the limits of the org (<https://developer.okta.com/docs/reference/rl-best-practices/>).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use jiff::fmt::rfc2822::DateTimeParser;
use model::{Clock, Timestamp};

use super::Pause;

/// No wait is longer than this: a window of Okta's limits is one minute, and clocks differ.
const LONGEST: i64 = 90;

/// What an answer without a time of reset is waited for, in seconds.
const UNTOLD: i64 = 5;

/// One part of this many is left to others who use the org.
const LEFT_TO_OTHERS: u64 = 10;

/// Closed until the org's window ends, once a window is used up. Calls pass it one after the other while it is closed, so that they
/// do not all come back in the same moment.
#[derive(Debug, Default)]
pub(super) struct Gate {
    closed_until: Mutex<Option<Timestamp>>,
    line: tokio::sync::Mutex<()>,
}

impl Gate {
    /// Waits until the gate is open.
    pub(super) async fn pass(&self, clock: &dyn Clock, pause: &dyn Pause) {
        if self.wait(clock).is_none() {
            return;
        }
        let _first_in_line = self.line.lock().await;
        while let Some(wait) = self.wait(clock) {
            pause.pause(wait).await;
        }
    }

    fn wait(&self, clock: &dyn Clock) -> Option<Duration> {
        let until = (*self
            .closed_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner))?;
        let wait = until.duration_since(clock.now());
        Duration::try_from(wait).ok().filter(|wait| !wait.is_zero())
    }

    /// Closes the gate where the answer says that hardly anything is left.
    pub(super) fn heed(&self, headers: &HeaderMap, now: Timestamp) {
        let limit = number(headers, "x-rate-limit-limit");
        let left = number(headers, "x-rate-limit-remaining");
        if let (Some(limit), Some(left)) = (limit, left)
            && left.saturating_mul(LEFT_TO_OTHERS) < limit
        {
            self.close(headers, now);
        }
    }

    /// Closes the gate after a refusal.
    pub(super) fn close(&self, headers: &HeaderMap, now: Timestamp) {
        let seconds = until_reset(headers, now)
            .unwrap_or(UNTOLD)
            .clamp(1, LONGEST);
        let until = crate::session::after(now, seconds);
        let mut closed = self
            .closed_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if closed.is_none_or(|earlier| earlier < until) {
            *closed = Some(until);
        }
    }
}

/// Seconds until the window ends, by the org's own clock where the answer tells it.
fn until_reset(headers: &HeaderMap, now: Timestamp) -> Option<i64> {
    let reset = i64::try_from(number(headers, "x-rate-limit-reset")?).ok()?;
    let date = headers.get(http::header::DATE).and_then(|date| {
        let text = date.to_str().ok()?;
        DateTimeParser::new().parse_timestamp(text).ok()
    });
    Some(reset.saturating_sub(date.unwrap_or(now).as_second()))
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
