//! Client routes: a link inside the app swaps the page without loading a document.
//!
//! The server renders every page whole, with or without a script. With one, [`Navigator`] fetches the next page and
//! replaces the regions that differ (`data-region`), so that islands outside of them keep their state. What it cannot
//! do, it leaves to the browser.

mod page;
mod router;

use leptos::prelude::*;

/// The island that turns links into client routes and tells screen readers where they lead.
#[island]
pub(crate) fn Navigator() -> impl IntoView {
    let announcement = RwSignal::new(String::new());
    Effect::new(move |_| router::start(move |title| announcement.set(title)));
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" data-testid="route-announcer">
            {announcement}
        </div>
    }
}
