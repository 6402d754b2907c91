//! `cargo xtask screenshots`: the pictures in docs/images.

use crate::{build, e2e, process};
use anyhow::Result;

/// Takes the pictures from the program as it is built.
pub(crate) fn run() -> Result<()> {
    build::run()?;
    let mut playwright = e2e::in_browser("npx")?;
    playwright.args(["playwright", "test", "--config", "screenshots.config.ts"]);
    process::show(&mut playwright)
}
