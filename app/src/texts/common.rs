//! What several pages say, and what everything that shows times and durations says.

use jiff::Zoned;

use crate::remaining::TimeLeft;

/// Words that belong to no page in particular.
#[derive(Debug)]
pub struct Common {
    pub(crate) sign_in: &'static str,
    pub(crate) sign_in_again: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) stay_signed_in: &'static str,
    pub(crate) go_home: &'static str,
    pub(crate) see_profile: &'static str,
    pub(crate) try_again: &'static str,
    /// Of a claim.
    pub yes: &'static str,
    /// Of a claim.
    pub no: &'static str,
    /// In place of a value that there is not.
    pub not_set: &'static str,
    /// A moment in the time zone of the person, to the minute.
    pub(crate) moment: fn(&Zoned) -> String,
    /// How long something is still good.
    pub(crate) time_left: TimeLeft<'static>,
    /// How long ago something was, from seconds.
    pub(crate) ago: fn(i64) -> String,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

pub(super) const ENGLISH: Common = Common {
    sign_in: "Sign in",
    sign_in_again: "Sign in again",
    sign_out: "Sign out",
    stay_signed_in: "Stay signed in",
    go_home: "Go to the home page",
    see_profile: "See your profile",
    try_again: "Try again",
    yes: "yes",
    no: "no",
    not_set: "not set",
    moment: |at| at.strftime("%-d %B %Y, %H:%M %Z").to_string(),
    time_left: TimeLeft {
        before: "",
        after: " left",
        day: "day",
        days: "days",
        over: "expired",
    },
    ago: |seconds| match seconds {
        ..=0 => "now".to_owned(),
        1..MINUTE => format!("{seconds} s ago"),
        MINUTE..HOUR => format!("{} min ago", seconds / MINUTE),
        HOUR..DAY => format!("{} h ago", seconds / HOUR),
        DAY.. if seconds / DAY == 1 => "1 day ago".to_owned(),
        DAY.. => format!("{} days ago", seconds / DAY),
    },
};

pub(super) const GERMAN: Common = Common {
    sign_in: "Anmelden",
    sign_in_again: "Erneut anmelden",
    sign_out: "Abmelden",
    stay_signed_in: "Angemeldet bleiben",
    go_home: "Zur Startseite",
    see_profile: "Ihr Profil ansehen",
    try_again: "Erneut versuchen",
    yes: "ja",
    no: "nein",
    not_set: "nicht angegeben",
    moment: german_moment,
    time_left: TimeLeft {
        before: "noch ",
        after: "",
        day: "Tag",
        days: "Tage",
        over: "abgelaufen",
    },
    ago: |seconds| match seconds {
        ..=0 => "gerade eben".to_owned(),
        1..MINUTE => format!("vor {seconds} s"),
        MINUTE..HOUR => format!("vor {} min", seconds / MINUTE),
        HOUR..DAY => format!("vor {} h", seconds / HOUR),
        DAY.. if seconds / DAY == 1 => "vor 1 Tag".to_owned(),
        DAY.. => format!("vor {} Tagen", seconds / DAY),
    },
};

fn german_moment(at: &Zoned) -> String {
    const MONTHS: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let month = usize::try_from(at.month() - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .copied()
        .unwrap_or_default();
    let zone = at.strftime("%Z").to_string();
    let zone = match zone.as_str() {
        "CET" => "MEZ",
        "CEST" => "MESZ",
        other => other,
    };
    format!(
        "{}. {month} {}, {} Uhr {zone}",
        at.day(),
        at.year(),
        at.strftime("%H:%M"),
    )
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::{Offset, TimeZone};

    use super::*;

    #[test]
    fn time_past_is_told_in_its_largest_unit() {
        for (seconds, english, german) in [
            (0, "now", "gerade eben"),
            (5, "5 s ago", "vor 5 s"),
            (119, "1 min ago", "vor 1 min"),
            (7_500, "2 h ago", "vor 2 h"),
            (DAY, "1 day ago", "vor 1 Tag"),
            (400 * DAY, "400 days ago", "vor 400 Tagen"),
        ] {
            assert_eq!((ENGLISH.ago)(seconds), english);
            assert_eq!((GERMAN.ago)(seconds), german);
        }
    }

    #[test]
    fn a_moment_is_written_as_each_language_writes_it() {
        let at: Timestamp = "2026-03-05T21:07:00Z".parse().expect("a time");
        let utc = at.to_zoned(TimeZone::UTC);
        assert_eq!((ENGLISH.moment)(&utc), "5 March 2026, 21:07 UTC");
        assert_eq!((GERMAN.moment)(&utc), "5. März 2026, 21:07 Uhr UTC");
        let ahead = at.to_zoned(TimeZone::fixed(Offset::constant(5)));
        assert_eq!((ENGLISH.moment)(&ahead), "6 March 2026, 02:07 +05");
        assert_eq!((GERMAN.moment)(&ahead), "6. März 2026, 02:07 Uhr +05");
    }
}
