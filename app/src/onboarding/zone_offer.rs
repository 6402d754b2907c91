use js_sys::{Array, Intl, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlSelectElement};

use crate::frame;

/// Chooses the time zone of this browser in the list inside it, as long as the person has chosen none. Without a script, or
/// for a zone that the list does not have, the list stays as it is.
#[island]
pub(super) fn ZoneOffer(children: Children) -> impl IntoView {
    frame::block(offer, children)
}

fn offer(frame: Element) {
    let list = frame.query_selector("select[data-open]").ok().flatten();
    let list = list.and_then(|list| list.dyn_into::<HtmlSelectElement>().ok());
    let (Some(list), Some(zone)) = (list, zone_of_browser()) else {
        return;
    };
    let before = list.value();
    list.set_value(&zone);
    // A list without the zone has nothing chosen then.
    if list.value().is_empty() {
        list.set_value(&before);
    }
}

fn zone_of_browser() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let options = format.resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()?
        .as_string()
}
