//! The next page: read from HTML, swapped in region by region, its islands woken.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser, Element, HtmlElement, ScrollToOptions, SupportedType};

const REGIONS: &str = "[data-region]";

#[wasm_bindgen]
extern "C" {
    /// Set by the document's script once the app's module is loaded.
    #[wasm_bindgen(catch, js_name = "__hydrateIsland")]
    fn hydrate_island(element: &Element, name: &str) -> Result<JsValue, JsValue>;
}

/// A page that has been fetched but not shown.
pub(super) struct Next {
    title: String,
    regions: Vec<(Element, Element)>,
}

impl Next {
    /// Pairs every region on the screen with its successor; nothing unless the two pages have the same regions.
    pub(super) fn parse(html: &str) -> Option<Self> {
        let next: Document = DomParser::new()
            .ok()?
            .parse_from_string(html, SupportedType::TextHtml)
            .ok()?;
        let shown = elements(&document().query_selector_all(REGIONS).ok()?);
        let regions = shown
            .into_iter()
            .map(|old| {
                let name = old.get_attribute("data-region")?;
                let new = next
                    .query_selector(&["[data-region=", &name, "]"].concat())
                    .ok()??;
                Some((old, new))
            })
            .collect::<Option<Vec<_>>>()?;
        (!regions.is_empty()).then(|| Self {
            title: next.title(),
            regions,
        })
    }

    /// Replaces the regions and wakes the islands inside the new ones.
    pub(super) fn show(self) -> Option<()> {
        document().set_title(&self.title);
        for (old, new) in self.regions {
            old.replace_with_with_node_1(&new).ok()?;
            for island in elements(&new.query_selector_all("leptos-island").ok()?) {
                hydrate_island(&island, &island.get_attribute("data-component")?).ok()?;
            }
        }
        Some(())
    }
}

/// Shows that the next page is on its way, or no longer is.
pub(super) fn set_travelling(is_under_way: bool) {
    if let Some(root) = document().document_element() {
        // A browser that refuses shows the page without the line.
        drop(root.toggle_attribute_with_force("data-travelling", is_under_way));
    }
}

/// Puts focus and scroll position where a loaded document would have them.
pub(super) fn settle(url: &str, top: f64) {
    let fragment = url
        .split_once('#')
        .and_then(|(_, id)| document().get_element_by_id(id));
    if let Ok(Some(main)) = document().query_selector("main")
        && let Ok(main) = main.dyn_into::<HtmlElement>()
    {
        // An element that refuses the focus is still the one that is read next.
        drop(main.focus());
    }
    if let Some(target) = fragment {
        target.scroll_into_view();
        return;
    }
    let to = ScrollToOptions::new();
    to.set_top(top);
    window().scroll_to_with_scroll_to_options(&to);
}

fn elements(nodes: &web_sys::NodeList) -> Vec<Element> {
    (0..nodes.length())
        .filter_map(|index| nodes.item(index)?.dyn_into().ok())
        .collect()
}
