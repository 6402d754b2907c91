use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

/// What people type into; never passwords, never hidden values.
const FIELDS: &str = "input[type=text][name], select[name]";

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
    let frame = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            forget(&frame);
            restore(&frame);
        }
    });
    let keep = move |_| {
        if let Some(frame) = frame.get_untracked() {
            keep(&frame);
        }
    };
    view! {
        <div node_ref=frame on:input=keep>
            {children()}
        </div>
    }
}

fn restore(frame: &Element) {
    for (key, field) in named_fields(frame) {
        if let Ok(Some(value)) = LocalStorage::raw().get_item(&key) {
            field.set_value(&value);
        }
    }
}

fn keep(frame: &Element) {
    for (key, field) in named_fields(frame) {
        // A browser that refuses storage keeps no draft; the form works all the same.
        drop(LocalStorage::raw().set_item(&key, &field.value()));
    }
}

fn forget(frame: &Element) {
    let Some(draft) = attribute(frame, "data-saved-draft") else {
        return;
    };
    let storage = LocalStorage::raw();
    for index in (0..LocalStorage::length()).rev() {
        if let Ok(Some(key)) = storage.key(index)
            && key.starts_with(&draft)
        {
            LocalStorage::delete(key);
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
