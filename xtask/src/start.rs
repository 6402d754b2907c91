//! `cargo xtask start`: from a fresh clone to the running program.

use crate::build;
use crate::process;
use anyhow::Result;

/// Builds what is not built, then becomes the program.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    build::run()?;
    let arguments = arguments.iter().filter(|argument| *argument != "--");
    process::replace(build::portico().args(arguments))
}
