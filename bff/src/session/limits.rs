use model::Timestamp;

/// A session ends when nothing has been asked of it for this long (two hours).
pub(crate) const IDLE_SECONDS: i64 = 2 * 60 * 60;

/// A session ends this long after signing in, however busy it is (twelve hours, a working day).
pub(crate) const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;

/// How often the time of the last request is written down. More often would cost a write per page.
pub(crate) const TOUCH_SECONDS: i64 = 60;

/// `seconds` after `moment`, or the end of time.
pub(crate) fn after(moment: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(moment.as_second().saturating_add(seconds)).unwrap_or(Timestamp::MAX)
}

/// A time from the store, which holds whole seconds.
pub(crate) fn from_seconds(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MIN)
}

/// Whole seconds from `now` to `end`, never negative.
pub(crate) fn seconds_between(now: Timestamp, end: Timestamp) -> i64 {
    end.as_second().saturating_sub(now.as_second()).max(0)
}
