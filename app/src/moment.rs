use jiff::tz::TimeZone;
use leptos::prelude::*;
use model::Timestamp;

use crate::texts::texts;

/// A moment, to the minute, for people and for programs: in the time zone that the org says the person lives in, else
/// in UTC, and with the name of the zone.
#[component]
pub(crate) fn Moment(at: Timestamp) -> impl IntoView {
    view! {
        <time datetime=at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()>{in_words(at)}</time>
    }
}

/// The moment in words.
pub(crate) fn in_words(at: Timestamp) -> String {
    let zone = use_context::<TimeZone>().unwrap_or(TimeZone::UTC);
    (texts().common.moment)(&at.to_zoned(zone))
}
