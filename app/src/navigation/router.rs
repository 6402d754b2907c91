//! Which clicks and history steps are client routes, and the journey from an address to a swapped page.

use std::cell::{Cell, RefCell};

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlAnchorElement, MouseEvent, Response, ScrollRestoration, Url};

use super::page;

thread_local! {
    /// Counts journeys, so that a slow answer cannot overwrite a newer page.
    static JOURNEY: Cell<u32> = const { Cell::new(0) };
    /// Path and query of the page on the screen.
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
    /// Where screen readers hear which page is on the screen.
    static ANNOUNCER: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// How the address of the new page enters the history.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A link: a new entry.
    Forward,
    /// Back or forward: the entry exists, with the scroll position left there.
    Through,
}

/// Begins to listen. The title of every page that is swapped in is written into the element inside the frame.
pub(super) fn start(frame: Element) {
    ANNOUNCER.set(frame.query_selector("[role=status]").ok().flatten());
    remember_shown();
    if let Ok(history) = window().history() {
        // The browser would restore the position before the page is there. A browser without the setting scrolls itself.
        let _unsupported = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
    let click = window_event_listener(ev::click, move |event| {
        if let Some(url) = client_route(&event) {
            event.prevent_default();
            spawn_local(travel(url.href(), Step::Forward));
        }
    });
    let popstate = window_event_listener(ev::popstate, move |_| {
        if SHOWN.with_borrow(|shown| *shown != here()) {
            let href = window().location().href().unwrap_or_default();
            spawn_local(travel(href, Step::Through));
        }
    });
    // The shell lives as long as the document: its listeners are never removed.
    std::mem::forget((click, popstate));
}

/// The address of a click that leads to another page of the app in this tab.
fn client_route(event: &MouseEvent) -> Option<Url> {
    let is_plain = event.button() == 0
        && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key())
        && !event.default_prevented();
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let is_ours = link.target().is_empty()
        && !link.has_attribute("download")
        && !link
            .rel()
            .split_ascii_whitespace()
            .any(|rel| rel == "external");
    let url = Url::new(&link.href()).ok()?;
    let is_here = window()
        .location()
        .origin()
        .is_ok_and(|origin| origin == url.origin());
    let is_fragment = !url.hash().is_empty() && [url.pathname(), url.search()].concat() == here();
    (is_plain && is_ours && is_here && !is_fragment).then_some(url)
}

/// Fetches the page at `href` and shows it; whatever goes wrong becomes an ordinary page load.
async fn travel(href: String, step: Step) {
    let journey = JOURNEY.with(|count| {
        count.set(count.get().wrapping_add(1));
        count.get()
    });
    page::set_travelling(true);
    let fetched = fetch(&href).await;
    if JOURNEY.get() != journey {
        return;
    }
    page::set_travelling(false);
    let shown = fetched.and_then(|(url, html)| {
        let next = page::Next::parse(&html)?;
        enter_history(&url, step);
        next.show()?;
        Some(url)
    });
    match shown {
        Some(url) => {
            remember_shown();
            page::settle(
                &url,
                if step == Step::Through {
                    left_at()
                } else {
                    0.0
                },
            );
            announce();
        }
        // A refused assignment leaves the person where they are, with a link that still works.
        None => drop(window().location().assign(&href)),
    }
}

fn announce() {
    ANNOUNCER.with_borrow(|announcer| {
        if let Some(announcer) = announcer {
            announcer.set_text_content(Some(&document().title()));
        }
    });
}

/// The final address and the HTML of a page, or nothing when it is no page of this app.
pub(crate) async fn fetch(href: &str) -> Option<(String, String)> {
    let response: Response = JsFuture::from(window().fetch_with_str(href))
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    let is_html = response
        .headers()
        .get("content-type")
        .ok()
        .flatten()?
        .starts_with("text/html");
    let html = JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()?;
    let fragment = href
        .split_once('#')
        .map(|(_, fragment)| ["#", fragment].concat())
        .unwrap_or_default();
    is_html.then(|| (response.url() + &fragment, html))
}

/// Writes down where the old page was left, and makes `url` the current address.
fn enter_history(url: &str, step: Step) {
    let Ok(history) = window().history() else {
        return;
    };
    if step == Step::Forward {
        let left_at = JsValue::from_f64(window().scroll_y().unwrap_or_default());
        // History is refused only to documents without an origin, which this app is never served to.
        drop(history.replace_state(&left_at, ""));
        drop(history.push_state_with_url(&JsValue::from_f64(0.0), "", Some(url)));
    }
}

/// The scroll position written down in the current entry of the history.
fn left_at() -> f64 {
    window()
        .history()
        .and_then(|history| history.state())
        .ok()
        .and_then(|state| state.as_f64())
        .unwrap_or_default()
}

fn remember_shown() {
    SHOWN.set(here());
}

/// Path and query of the current address.
fn here() -> String {
    let location = window().location();
    [location.pathname(), location.search()]
        .map(Result::unwrap_or_default)
        .concat()
}
