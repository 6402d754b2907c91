use jiff::{SignedDuration, Timestamp};
use model::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The first and the last moment that the clock can be set to: 1970-01-01 and 3000-01-01, so that what is reckoned from it
/// stays within what a timestamp can say.
const RANGE: std::ops::RangeInclusive<i64> = 0..=32_503_680_000_000;

/// A moment outside [`RANGE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the clock can be set from 1970-01-01T00:00:00Z to 3000-01-01T00:00:00Z")]
pub(crate) struct OutOfRange;

/// The org's clock: another one, and how far it was moved. The distance is forgotten when the process ends.
#[derive(Debug)]
pub(crate) struct OrgClock {
    base: Arc<dyn Clock>,
    /// In milliseconds; positive when the org is ahead.
    offset: AtomicI64,
}

impl OrgClock {
    pub(crate) const fn new(base: Arc<dyn Clock>) -> Self {
        Self {
            base,
            offset: AtomicI64::new(0),
        }
    }

    /// How far the org is ahead of the clock it was given; negative when it is behind.
    pub(crate) fn offset(&self) -> SignedDuration {
        SignedDuration::from_millis(self.offset.load(Ordering::SeqCst))
    }

    /// The clock it was given, unmoved.
    pub(crate) fn unmoved(&self) -> Timestamp {
        self.base.now()
    }

    /// Sets the clock, which goes on from there.
    pub(crate) fn set(&self, to: Timestamp) -> Result<(), OutOfRange> {
        if !RANGE.contains(&to.as_millisecond()) {
            return Err(OutOfRange);
        }
        let offset = to.as_millisecond() - self.base.now().as_millisecond();
        self.offset.store(offset, Ordering::SeqCst);
        Ok(())
    }

    /// Moves the clock; a negative duration moves it back. Moves that come at the same time add up.
    pub(crate) fn advance(&self, by: SignedDuration) -> Result<(), OutOfRange> {
        let by = i64::try_from(by.as_millis()).map_err(|_| OutOfRange)?;
        let base = self.base.now().as_millisecond();
        self.offset
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |offset| {
                let moved = offset.checked_add(by)?;
                RANGE.contains(&base.checked_add(moved)?).then_some(moved)
            })
            .map(drop)
            .map_err(|_| OutOfRange)
    }

    /// Gives up every move.
    pub(crate) fn reset(&self) {
        self.offset.store(0, Ordering::SeqCst);
    }
}

impl Clock for OrgClock {
    fn now(&self) -> Timestamp {
        let base = self.base.now();
        base.checked_add(self.offset()).unwrap_or(base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::TestClock;

    fn clock() -> (OrgClock, TestClock) {
        let base = TestClock::new();
        (OrgClock::new(Arc::new(base.clone())), base)
    }

    fn moment(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_clock_that_was_set_goes_on_from_there_until_it_is_reset() {
        let (clock, base) = clock();
        clock.set(moment("2030-06-01T12:00:00Z")).expect("in range");
        base.advance_seconds(5);
        assert_eq!(clock.now(), moment("2030-06-01T12:00:05Z"));
        clock.reset();
        assert_eq!(
            (clock.now(), clock.offset()),
            (base.now(), SignedDuration::ZERO)
        );
    }

    #[test]
    fn moves_add_up_forward_and_back() {
        let (clock, base) = clock();
        for minutes in [10, 5, -20] {
            clock
                .advance(SignedDuration::from_mins(minutes))
                .expect("in range");
        }
        assert_eq!(clock.offset(), SignedDuration::from_mins(-5));
        let behind = base.now().duration_since(clock.now());
        assert_eq!(behind, SignedDuration::from_mins(5));
    }

    #[test]
    fn a_move_out_of_range_is_refused_and_changes_nothing() {
        let (clock, base) = clock();
        for by in [
            SignedDuration::MAX,
            SignedDuration::MIN,
            SignedDuration::from_hours(24 * 400_000),
        ] {
            assert_eq!(clock.advance(by), Err(OutOfRange), "{by}");
        }
        assert_eq!(
            clock.set(moment("-000001-01-01T00:00:00Z")),
            Err(OutOfRange)
        );
        assert_eq!(clock.set(moment("9999-01-01T00:00:00Z")), Err(OutOfRange));
        assert_eq!(clock.now(), base.now());
    }
}
