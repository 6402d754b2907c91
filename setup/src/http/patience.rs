//! How long to wait for an org that is busy or does not answer, and when to give up.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use jiff::fmt::rfc2822::DateTimeParser;
use model::{Clock, Entropy, Timestamp};

use crate::http::{Answer, Boxed};

/// How often a call is tried before it counts as failed.
const MAX_TRIES: u32 = 6;
/// No wait is longer than this: a window of Okta's rate limits is one minute.
const MAX_WAIT: Duration = Duration::from_secs(90);
/// What the org answers while it sorts policies anew.
const BEING_RECONCILED: &str = "E0000239";

/// How time passes between two tries.
pub trait Pause: Debug {
    /// Returns after `duration`.
    fn pause(&self, duration: Duration) -> Boxed<'_, ()>;
}

/// Waits as long as it says.
#[derive(Debug)]
pub struct TokioPause;

impl Pause for TokioPause {
    fn pause(&self, duration: Duration) -> Boxed<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Time and chance, passed in so that tests need neither.
#[derive(Debug, Clone)]
pub struct Patience {
    /// The time, for answers that do not tell theirs.
    pub clock: Arc<dyn Clock>,
    /// How to wait.
    pub pause: Arc<dyn Pause>,
    /// Chance, so that several programs do not all come back in the same moment.
    pub entropy: Arc<dyn Entropy>,
}

impl Patience {
    /// How long to wait before the call is tried once more; none when it is over.
    pub(crate) fn after_answer(
        &self,
        answer: &Answer,
        is_repeatable: bool,
        tries: u32,
    ) -> Option<Duration> {
        if tries >= MAX_TRIES {
            return None;
        }
        match answer.status {
            StatusCode::TOO_MANY_REQUESTS => Some(self.until_reset(answer)),
            StatusCode::LOCKED if answer.code() == BEING_RECONCILED => Some(self.back_off(tries)),
            // 501 is an answer: the local org does not have this operation and will not get it by waiting.
            StatusCode::NOT_IMPLEMENTED => None,
            status if status.is_server_error() && is_repeatable => Some(self.back_off(tries)),
            _ => None,
        }
    }

    /// The same for a call without an answer.
    pub(crate) fn after_silence(&self, is_repeatable: bool, tries: u32) -> Option<Duration> {
        (tries < MAX_TRIES && is_repeatable).then(|| self.back_off(tries))
    }

    /// Half a second, one, two, four …, and a random part of a second.
    pub(crate) fn back_off(&self, tries: u32) -> Duration {
        let seconds = Duration::from_millis(500) * 2_u32.pow(tries.saturating_sub(1).min(6));
        seconds + self.jitter()
    }

    /// Until the rate limit's window ends by the org's own clock, which the `Date` header tells, and up to a second more.
    fn until_reset(&self, answer: &Answer) -> Duration {
        let now = answer
            .header("date")
            .and_then(|date| DateTimeParser::new().parse_timestamp(date).ok())
            .unwrap_or_else(|| self.clock.now());
        let reset = answer
            .header("x-rate-limit-reset")
            .and_then(|reset| Timestamp::from_second(reset.trim().parse().ok()?).ok());
        let wait = reset.map_or(Duration::from_secs(1), |reset| {
            Duration::try_from(reset.duration_since(now)).unwrap_or_default()
        });
        wait.min(MAX_WAIT) + self.jitter()
    }

    fn jitter(&self) -> Duration {
        let [byte] = self.entropy.bytes::<1>();
        Duration::from_millis(u64::from(byte) * 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderName, HeaderValue};
    use serde_json::{Value, json};
    use testkit::TestClock;

    #[derive(Debug)]
    struct NoChance;
    impl Entropy for NoChance {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    fn patience() -> Patience {
        Patience {
            clock: Arc::new(TestClock::new()),
            pause: Arc::new(TokioPause),
            entropy: Arc::new(NoChance),
        }
    }

    fn answer(status: StatusCode, headers: &[(&'static str, String)], body: Value) -> Answer {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).expect("a header");
            map.insert(HeaderName::from_static(name), value);
        }
        Answer {
            status,
            headers: map,
            body,
        }
    }

    #[test]
    fn a_full_bucket_is_waited_for_by_the_clock_of_the_org() {
        // The org's clock is three hours ahead of this machine's.
        let date = "Mon, 05 Jan 2026 12:00:00 GMT".to_owned();
        let reset = TestClock::new().now().as_second() + 3 * 3_600 + 42;
        let headers = [("date", date), ("x-rate-limit-reset", reset.to_string())];
        let full = answer(StatusCode::TOO_MANY_REQUESTS, &headers, Value::Null);
        assert_eq!(
            patience().after_answer(&full, false, 1),
            Some(Duration::from_secs(42))
        );
    }

    #[test]
    fn without_a_date_this_machines_clock_counts_and_no_wait_is_endless() {
        let reset = TestClock::new().now().as_second() + 10;
        let headers = [("x-rate-limit-reset", reset.to_string())];
        let full = answer(StatusCode::TOO_MANY_REQUESTS, &headers, Value::Null);
        assert_eq!(
            patience().after_answer(&full, false, 1),
            Some(Duration::from_secs(10))
        );
        let headers = [("x-rate-limit-reset", "99999999999".to_owned())];
        let full = answer(StatusCode::TOO_MANY_REQUESTS, &headers, Value::Null);
        assert_eq!(patience().after_answer(&full, false, 1), Some(MAX_WAIT));
        let past = answer(
            StatusCode::TOO_MANY_REQUESTS,
            &[("x-rate-limit-reset", "1".to_owned())],
            Value::Null,
        );
        assert_eq!(
            patience().after_answer(&past, false, 1),
            Some(Duration::ZERO)
        );
    }

    #[test]
    fn waits_grow_and_end() {
        let broken = answer(StatusCode::BAD_GATEWAY, &[], Value::Null);
        let waits: Vec<_> = (1..=6)
            .map(|tries| patience().after_answer(&broken, true, tries))
            .collect();
        let half_seconds = |count| Some(Duration::from_millis(500) * count);
        assert_eq!(
            waits,
            [
                half_seconds(1),
                half_seconds(2),
                half_seconds(4),
                half_seconds(8),
                half_seconds(16),
                None
            ]
        );
    }

    #[test]
    fn what_may_have_been_carried_out_is_not_sent_twice() {
        let broken = answer(StatusCode::BAD_GATEWAY, &[], Value::Null);
        assert_eq!(patience().after_answer(&broken, false, 1), None);
        assert_eq!(patience().after_silence(false, 1), None);
    }

    #[test]
    fn policies_that_are_being_sorted_are_waited_for_and_other_locks_are_answers() {
        let sorting = json!({"errorCode": "E0000239"});
        let locked = answer(StatusCode::LOCKED, &[], sorting);
        assert!(patience().after_answer(&locked, false, 1).is_some());
        let other = answer(StatusCode::LOCKED, &[], json!({"errorCode": "E0000069"}));
        assert_eq!(patience().after_answer(&other, true, 1), None);
        let unbuilt = answer(StatusCode::NOT_IMPLEMENTED, &[], Value::Null);
        assert_eq!(patience().after_answer(&unbuilt, true, 1), None);
    }
}
