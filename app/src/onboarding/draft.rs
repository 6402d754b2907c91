use std::collections::BTreeMap;

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

/// What people type into; never passwords, never hidden values.
const FIELDS: &str = "input[type=text][name], select[name]";

/// Keeps what is typed into the fields inside it in this browser until it is saved, so that a reload loses nothing.
///
/// Without a script, or without storage, the form is just a form.
#[island]
pub(crate) fn Draft(
    /// The name of the draft, different for every person and form.
    key: String,
    children: Children,
) -> impl IntoView {
    let form = NodeRef::<leptos::html::Div>::new();
    let restore_key = key.clone();
    Effect::new(move |_| {
        if let (Some(form), Ok(draft)) = (
            form.get(),
            LocalStorage::get::<BTreeMap<String, String>>(&restore_key),
        ) {
            for field in fields(&form) {
                if let Some(value) = draft.get(&field.name()) {
                    field.set_value(value);
                }
            }
        }
    });
    let keep = move |_| {
        if let Some(form) = form.get_untracked() {
            let draft: BTreeMap<_, _> = fields(&form)
                .map(|field| (field.name(), field.value()))
                .collect();
            // A browser that refuses storage keeps no draft; the form works all the same.
            drop(LocalStorage::set(&key, draft));
        }
    };
    view! {
        <div node_ref=form on:input=keep>
            {children()}
        </div>
    }
}

/// Removes a draft once the server has what it held.
#[island]
pub(crate) fn ForgetDraft(key: String) -> impl IntoView {
    Effect::new(move |_| LocalStorage::delete(&key));
}

/// A text field or a choice.
enum Field {
    Input(HtmlInputElement),
    Select(HtmlSelectElement),
}

impl Field {
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

fn fields(form: &Element) -> impl Iterator<Item = Field> + use<> {
    let nodes = form.query_selector_all(FIELDS).ok();
    let count = nodes.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |index| {
        let node = nodes.as_ref()?.item(index)?;
        match node.dyn_into::<HtmlInputElement>() {
            Ok(input) => Some(Field::Input(input)),
            Err(node) => node.dyn_into::<HtmlSelectElement>().ok().map(Field::Select),
        }
    })
}
