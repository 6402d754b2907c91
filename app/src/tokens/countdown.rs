use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::Element;

use crate::frame;
use crate::remaining::{TimeLeft, remaining};

/// Lets the time run in the element inside it that says in `data-seconds` how much is left, and in further attributes
/// with which words. Without a script the element shows what was left when the page was made.
///
/// All that stands in the markup and not in properties, because reading properties would bring a JSON parser into the
/// download.
#[island]
pub(super) fn Countdown(children: Children) -> impl IntoView {
    frame::inline(start, children)
}

fn start(frame: Element) {
    if let Ok(Some(shown)) = frame.query_selector("[data-seconds]") {
        run(shown);
    }
}

/// Where the words stand in the markup, in the order of [`words_of`].
const ATTRIBUTES: [&str; 5] = [
    "data-before",
    "data-after",
    "data-day",
    "data-days",
    "data-over",
];

fn words_of([before, after, day, days, over]: &[String; 5]) -> TimeLeft<'_> {
    TimeLeft {
        before,
        after,
        day,
        days,
        over,
    }
}

/// Counts by the wall clock, which goes on while a laptop sleeps. Ends when the page is swapped away.
fn run(shown: Element) {
    let Some(left) = shown
        .get_attribute("data-seconds")
        .and_then(|seconds| seconds.parse::<u32>().ok())
    else {
        return;
    };
    let ends_at = js_sys::Date::now() / 1000.0 + f64::from(left);
    let attribute = |name| shown.get_attribute(name).unwrap_or_default();
    let words = ATTRIBUTES.map(attribute);
    let running = Rc::new(Cell::new(None::<IntervalHandle>));
    let stop = Rc::clone(&running);
    let tick = move || {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "seconds until a token expires are far below the limits of an integer"
        )]
        let left = (ends_at - js_sys::Date::now() / 1000.0).round() as i64;
        shown.set_text_content(Some(&remaining(left, &words_of(&words))));
        if (left <= 0 || !shown.is_connected())
            && let Some(handle) = stop.take()
        {
            handle.clear();
        }
    };
    // A browser that refuses timers shows the time that was left.
    running.set(set_interval_with_handle(tick, Duration::from_secs(1)).ok());
}
