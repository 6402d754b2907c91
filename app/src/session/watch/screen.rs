//! What is on the screen when a session is about to end, and when it has ended.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlTemplateElement};

/// Asks whether somebody is there. The browser keeps the focus in the dialog, and gives it back afterwards.
pub(super) fn warn(frame: &Element) {
    if let Some(dialog) = dialog(frame)
        && !dialog.open()
    {
        // A dialog that cannot be shown leaves the page as it is; the session ends all the same.
        drop(dialog.show_modal());
    }
}

/// Takes the question away.
pub(super) fn calm(frame: &Element) {
    if let Some(dialog) = dialog(frame) {
        dialog.close();
    }
}

fn dialog(frame: &Element) -> Option<HtmlDialogElement> {
    frame.query_selector("dialog").ok()??.dyn_into().ok()
}

/// Replaces everything that belongs to the person by the words for this reason, and puts the focus there.
pub(super) fn turn(frame: &Element, reason: &str) -> Option<()> {
    calm(frame);
    let template = frame.query_selector("template").ok()??;
    document().set_title(&template.get_attribute("data-title")?);
    let content = template.dyn_into::<HtmlTemplateElement>().ok()?.content();
    let again = sign_in_again();
    for element in elements(
        &content
            .query_selector_all("[data-reason], [data-again]")
            .ok()?,
    ) {
        match element.get_attribute("data-reason") {
            Some(other) if other != reason => element.remove(),
            Some(_) => {}
            None => element.set_attribute("href", &again).ok()?,
        }
    }
    for region in elements(&content.query_selector_all("[data-region]").ok()?) {
        let name = region.get_attribute("data-region")?;
        let place = ["[data-region=", &name, "]"].concat();
        let old = document().query_selector(&place).ok()??;
        old.replace_with_with_node_1(&region).ok()?;
    }
    let main = document().query_selector("main").ok()??;
    main.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// The address that signs in and leads back to this page.
fn sign_in_again() -> String {
    let location = window().location();
    let here = [location.pathname(), location.search(), location.hash()]
        .map(Result::unwrap_or_default)
        .concat();
    let here = String::from(js_sys::encode_uri_component(&here));
    [crate::path::LOGIN, "?return_to=", &here].concat()
}

fn elements(nodes: &web_sys::NodeList) -> Vec<Element> {
    (0..nodes.length())
        .filter_map(|index| nodes.item(index)?.dyn_into().ok())
        .collect()
}
