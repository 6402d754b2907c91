//! What an island is here: an element around what the server rendered, and a function that gets it once the app's module is
//! there.
//!
//! All islands share this one, because each with an effect and with listeners of its own would make what browsers fetch a
//! kilobyte larger.

use leptos::html::{Div, Span};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event};

/// A frame around paragraphs, forms and the like.
pub(crate) fn block(start: fn(Element), children: Children) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            start(frame.unchecked_into());
        }
    });
    view! { <div node_ref=frame>{children()}</div> }
}

/// A frame inside a line of text.
pub(crate) fn inline(start: fn(Element), children: Children) -> impl IntoView {
    let frame = NodeRef::<Span>::new();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            start(frame.unchecked_into());
        }
    });
    view! { <span node_ref=frame>{children()}</span> }
}

/// Hands every event of this name inside the element to `heard`, for as long as there is the element.
pub(crate) fn listen(inside: &Element, name: &str, heard: impl Fn(Event) + 'static) {
    let heard = Closure::<dyn Fn(Event)>::new(heard).into_js_value();
    // A browser refuses no listener; without one the page works as it does without a script.
    drop(inside.add_event_listener_with_callback(name, heard.unchecked_ref()));
}

/// Where an event happened.
pub(crate) fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
