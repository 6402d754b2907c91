use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::frame;

/// Long enough to read two sentences twice.
const SHOWN_FOR: Duration = Duration::from_secs(12);

/// A screen reader announces what changes in a status, not what was there when the page came.
const SETTLED: Duration = Duration::from_millis(100);

/// Announces the toast inside it, and takes it away: when it is dismissed, or after a while, unless somebody points at
/// it or is in it. Only confirmations are toasts; what went wrong stays on the page.
#[island]
pub(super) fn ToastFrame(children: Children) -> impl IntoView {
    frame::block(start, children)
}

fn start(frame: Element) {
    let (announced, dismissed) = (frame.clone(), frame.clone());
    frame::listen(&frame, "click", move |event| {
        let target = frame::target(&event);
        if target.is_some_and(|target| matches!(target.closest("[data-dismiss]"), Ok(Some(_)))) {
            event.prevent_default();
            dismissed.remove();
            focus_main();
        }
    });
    set_timeout(move || announce(&announced), SETTLED);
    set_timeout(move || hide(frame), SHOWN_FOR);
}

/// Writes the title anew: the same text, but a change.
fn announce(frame: &Element) {
    if let Ok(Some(title)) = frame.query_selector("h2") {
        title.set_text_content(title.text_content().as_deref());
    }
}

fn hide(frame: Element) {
    if frame.matches(":hover, :focus-within").unwrap_or_default() {
        set_timeout(move || hide(frame), SHOWN_FOR);
    } else {
        frame.remove();
    }
}

/// The focus must not be lost with the link that had it.
fn focus_main() {
    if let Ok(Some(main)) = document().query_selector("main")
        && let Ok(main) = main.dyn_into::<HtmlElement>()
    {
        // An element that refuses the focus is still the one that is read next.
        drop(main.focus());
    }
}
