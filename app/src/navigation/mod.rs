//! Client routes: a link inside the app swaps the page without loading a document.
//!
//! The server renders every page whole, with or without a script. With one, [`Navigator`] fetches the next page and
//! replaces the regions that differ (`data-region`), so that islands outside of them keep their state. What it cannot
//! do, it leaves to the browser.

mod page;
mod router;

use leptos::prelude::*;

pub(crate) use router::fetch;

use crate::frame;

/// The island that turns links into client routes, and tells screen readers where they lead in the element inside it.
#[island]
pub(crate) fn Navigator(children: Children) -> impl IntoView {
    frame::block(router::start, children)
}
