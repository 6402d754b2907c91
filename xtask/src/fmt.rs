//! `cargo xtask fmt`.

use crate::process;
use crate::workspace::command;
use anyhow::Result;

/// Formats every Rust source.
pub(crate) fn run() -> Result<()> {
    process::show(command("cargo").args(["fmt", "--all"]))
}
