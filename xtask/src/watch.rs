//! `cargo xtask watch`: for development, builds and reloads at each change.

use crate::build;
use crate::process;
use crate::tools;
use anyhow::Result;

/// Runs `cargo leptos watch` with the tools of this workspace; `arguments` go to it.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let tools = tools::for_build()?;
    process::replace(build::cargo_leptos(&tools, "watch").args(arguments))
}
