use std::sync::Arc;

/// Wakes the islands once the browser has nothing more urgent to do: a function of the addresses of script and wasm.
const START: &str = include_str!("start.js");

/// The files that the build leaves for browsers, under the names it gave them.
///
/// The names are found once, when the program starts: a page is not the place to read files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    pub(crate) stylesheet: Arc<str>,
    pub(crate) script: Arc<str>,
    pub(crate) wasm: Arc<str>,
    /// The script of the document itself.
    pub(crate) start: Arc<str>,
}

impl Assets {
    /// The files at these addresses, as they stand in `href`.
    pub fn new(stylesheet: &str, script: &str, wasm: &str) -> Self {
        Self {
            stylesheet: stylesheet.into(),
            script: script.into(),
            wasm: wasm.into(),
            start: format!("({})({script:?},{wasm:?})", START.trim_end()).into(),
        }
    }
}
