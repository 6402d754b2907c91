//! What the browser does about the session: one tab listens to the server and tells the others.
//!
//! A browser opens few connections to one host, so a stream for each tab would leave none for pages. Whoever holds a
//! lock of the browser listens; when that tab closes, the next one gets the lock.

mod screen;
mod stream;

use leptos::prelude::*;
use web_sys::Element;

use crate::frame;

/// The island around the warning and the words that are shown in the end.
#[island]
pub(crate) fn SessionWatch(children: Children) -> impl IntoView {
    frame::block(start, children)
}

fn start(frame: Element) {
    frame::listen(&frame, "click", |event| {
        if frame::target(&event).is_some_and(|target| target.has_attribute("data-stay")) {
            stream::stay();
        }
    });
    stream::start(frame);
}
