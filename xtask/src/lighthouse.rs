//! `cargo xtask lighthouse`: Lighthouse has nothing to say against accessibility and practices of the pages.

use crate::tools::{self, npm};
use crate::{build, e2e, process};
use anyhow::Result;

/// The last one for the version of Node.js that the browser tests ask for. It comes without a browser.
const LIGHTHOUSE: &str = "12.8.2";

/// Its module, in the folder of the tools.
const MODULE: &str = "node_modules/lighthouse/core/index.js";

/// Has it judge the program as it is built.
pub(crate) fn run() -> Result<()> {
    build::run()?;
    npm::ensure_tool("lighthouse", LIGHTHOUSE)?;
    let mut playwright = e2e::in_browser("npx")?;
    playwright.env("LIGHTHOUSE", tools::folder().join(MODULE));
    playwright.args(["playwright", "test", "--config", "lighthouse.config.ts"]);
    process::show(&mut playwright)
}
