//! The WebAssembly entry: wakes the islands that the server rendered.

use wasm_bindgen::prelude::wasm_bindgen;

// Links the islands: the document's script calls them by name.
use app as _;

/// Called by the document's script once the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
