//! How long something is still good, in words. The server and the island that counts use the same.

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The words around a time that is left. The island has them from the markup, so that it holds no language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeLeft<'a> {
    pub(crate) before: &'a str,
    pub(crate) after: &'a str,
    pub(crate) day: &'a str,
    pub(crate) days: &'a str,
    /// In place of a time that is over.
    pub(crate) over: &'a str,
}

/// Seconds in words: `59 min 12 s left`, `2 h 5 min left`, `3 days left`, `expired`.
pub(crate) fn remaining(seconds: i64, words: &TimeLeft<'_>) -> String {
    let TimeLeft {
        before,
        after,
        day,
        days,
        over,
    } = words;
    match seconds {
        ..=0 => (*over).to_owned(),
        1..MINUTE => format!("{before}{seconds} s{after}"),
        MINUTE..HOUR => format!(
            "{before}{} min {} s{after}",
            seconds / MINUTE,
            seconds % MINUTE
        ),
        HOUR..DAY => format!(
            "{before}{} h {} min{after}",
            seconds / HOUR,
            seconds % HOUR / MINUTE
        ),
        DAY.. => {
            let count = seconds / DAY;
            let unit = if count == 1 { day } else { days };
            format!("{before}{count} {unit}{after}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;

    #[test]
    fn time_left_is_told_as_exactly_as_matters() {
        let english = Language::English.texts().common.time_left;
        let german = Language::German.texts().common.time_left;
        for (seconds, in_english, in_german) in [
            (-5, "expired", "abgelaufen"),
            (0, "expired", "abgelaufen"),
            (59, "59 s left", "noch 59 s"),
            (60, "1 min 0 s left", "noch 1 min 0 s"),
            (3_552, "59 min 12 s left", "noch 59 min 12 s"),
            (7_500, "2 h 5 min left", "noch 2 h 5 min"),
            (DAY, "1 day left", "noch 1 Tag"),
            (3 * DAY + 1, "3 days left", "noch 3 Tage"),
        ] {
            assert_eq!(remaining(seconds, &english), in_english);
            assert_eq!(remaining(seconds, &german), in_german);
        }
    }
}
