use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, DomParser, Element, SupportedType};

use crate::frame;
use crate::navigation;

/// How long a page about what is being done is shown before it is asked for anew.
pub(super) const PAUSE: Duration = Duration::from_secs(3);

/// Fetches the page again and again, and takes over the part inside it (`data-part`). The rest of the page stays as it is, with
/// the focus and whatever somebody has typed, until the page has no such part any more: then all of it has changed.
#[island]
pub(super) fn Renewed(children: Children) -> impl IntoView {
    frame::block(wait, children)
}

fn wait(frame: Element) {
    set_timeout(move || spawn_local(renew(frame)), PAUSE);
}

async fn renew(frame: Element) {
    let here = window().location().href().unwrap_or_default();
    let fetched = navigation::fetch(&here).await;
    // Another page may be on the screen by now.
    if !frame.is_connected() {
        return;
    }
    // What stands between browser and app may have answered in its place: the next try is as good.
    match fetched.and_then(|(_, html)| page(&html)) {
        Some(page) if take_over(&frame, &page).is_none() => {
            // A browser that refuses leaves the link to press.
            drop(window().location().reload());
        }
        _ => wait(frame),
    }
}

/// A page of this app.
fn page(html: &str) -> Option<Document> {
    let parser = DomParser::new().ok()?;
    let page = parser
        .parse_from_string(html, SupportedType::TextHtml)
        .ok()?;
    page.query_selector("main[data-region]").ok()??;
    Some(page)
}

fn take_over(frame: &Element, page: &Document) -> Option<()> {
    let old = frame.query_selector("[data-part]").ok()??;
    let name = old.get_attribute("data-part")?;
    let new = ["[data-part=", &name, "]"].concat();
    let new = page.query_selector(&new).ok()??;
    old.replace_with_with_node_1(&new).ok()
}
