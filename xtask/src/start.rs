//! `cargo xtask start`: from a fresh clone to the running program.

use crate::build;
use anyhow::{Context, Result};
use std::process::Command;

/// Builds what is not built, then becomes the program.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    build::run()?;
    let arguments = arguments.iter().filter(|argument| *argument != "--");
    become_program(build::portico().args(arguments))
}

/// Replaces this process, so that Ctrl-C and SIGTERM reach the program itself and its exit code is the command's.
#[cfg(unix)]
fn become_program(program: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(program.exec()).context("cannot run the program that was just built")
}

#[cfg(not(unix))]
fn become_program(program: &mut Command) -> Result<()> {
    let status = program
        .status()
        .context("cannot run the program that was just built")?;
    match status.success() {
        true => Ok(()),
        false => anyhow::bail!("the program ended with {status}"),
    }
}
