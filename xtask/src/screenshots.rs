//! `cargo xtask screenshots`: the pictures in docs/images, and docs/PICTURES.md, which shows them.

use crate::workspace::root;
use crate::{build, e2e, process};
use anyhow::{Context, Result};
use std::fs;

/// Where the pictures are kept.
const FOLDER: &str = "docs/images";

/// Takes the pictures anew from the program as it is built; none of an earlier time stays.
pub(crate) fn run() -> Result<()> {
    build::run()?;
    let mut playwright = e2e::in_browser("npx")?;
    let folder = root().join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    playwright.args(["playwright", "test", "--config", "screenshots.config.ts"]);
    process::show(&mut playwright)
}
