//! What people have typed and not yet sent. It outlives a reload, and the session: whoever signs in again as the same
//! person goes on where they were, and nobody else ever sees it.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, Storage};

use crate::frame;

/// What people type into; never passwords, never hidden values.
const FIELDS: &str = "input[type=text][name], select[name]";

/// What the names of all drafts in the browser's storage begin with.
pub(crate) const ALL: &str = "portico.draft.";

/// Takes away what other people have typed in this browser.
pub(crate) fn forget_others(person: &str) {
    let own = [ALL, person, "."].concat();
    forget_keys(|key| key.starts_with(ALL) && !key.starts_with(&own));
}

/// Keeps what is typed into the form inside it in this browser until it is saved, so that a reload loses nothing.
///
/// The form names its draft in `data-draft`, different for every person. A later form that carries
/// `data-saved-draft` tells that the server has it now, and the draft goes. Without a script, or without storage, a form
/// is just a form.
///
/// The names stand in the markup and not in properties, because reading properties would bring a JSON parser into the
/// download.
#[island]
pub(crate) fn Draft(children: Children) -> impl IntoView {
    frame::block(start, children)
}

fn start(frame: Element) {
    forget(&frame);
    restore(&frame);
    let kept = frame.clone();
    frame::listen(&frame, "input", move |_| keep(&kept));
}

fn restore(frame: &Element) {
    let Some(storage) = storage() else {
        return;
    };
    for (key, field) in named_fields(frame) {
        if let Ok(Some(value)) = storage.get_item(&key) {
            field.set_value(&value);
        }
    }
}

fn keep(frame: &Element) {
    let Some(storage) = storage() else {
        return;
    };
    for (key, field) in named_fields(frame) {
        // A storage that is full keeps no draft; the form works all the same.
        drop(storage.set_item(&key, &field.value()));
    }
}

fn forget(frame: &Element) {
    if let Some(draft) = attribute(frame, "data-saved-draft") {
        forget_keys(|key| key.starts_with(&draft));
    }
}

/// A browser may have none, or forbid its use; then there are no drafts, and forms work all the same.
fn storage() -> Option<Storage> {
    let is_there = matches!(window().local_storage(), Ok(Some(_)));
    is_there.then(LocalStorage::raw)
}

fn forget_keys(is_over: impl Fn(&str) -> bool) {
    let Some(storage) = storage() else {
        return;
    };
    let keys = (0..storage.length().unwrap_or(0)).rev();
    for key in keys.filter_map(|index| storage.key(index).ok().flatten()) {
        if is_over(&key) {
            // What cannot be deleted belongs to a key that no later form asks for.
            drop(storage.delete(&key));
        }
    }
}

/// The value of `name` on the form inside the frame.
fn attribute(frame: &Element, name: &str) -> Option<String> {
    frame.query_selector("form").ok()??.get_attribute(name)
}

/// Each field of a form that has a draft, with the name its value is kept under.
fn named_fields(frame: &Element) -> Vec<(String, Field)> {
    let (Some(draft), Ok(nodes)) = (
        attribute(frame, "data-draft"),
        frame.query_selector_all(FIELDS),
    ) else {
        return Vec::new();
    };
    let fields = (0..nodes.length()).filter_map(|index| Field::of(nodes.item(index)?));
    fields
        .map(|field| ([&draft, ".", &field.name()].concat(), field))
        .collect()
}

/// A text field or a choice.
enum Field {
    Input(HtmlInputElement),
    Select(HtmlSelectElement),
}

impl Field {
    fn of(node: web_sys::Node) -> Option<Self> {
        match node.dyn_into::<HtmlInputElement>() {
            Ok(input) => Some(Self::Input(input)),
            Err(node) => node.dyn_into::<HtmlSelectElement>().ok().map(Self::Select),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Input(input) => input.name(),
            Self::Select(select) => select.name(),
        }
    }

    fn value(&self) -> String {
        match self {
            Self::Input(input) => input.value(),
            Self::Select(select) => select.value(),
        }
    }

    fn set_value(&self, value: &str) {
        match self {
            Self::Input(input) => input.set_value(value),
            Self::Select(select) => select.set_value(value),
        }
    }
}
