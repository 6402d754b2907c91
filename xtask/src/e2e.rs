//! `cargo xtask e2e`: the journeys through the running program, in a real browser.

use crate::summary::{Summary, Tests};
use crate::tools::{chromium, npm, python};
use crate::workspace::{cargo, command, root};
use crate::{build, process};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// The folder of the browser tests.
pub(crate) const FOLDER: &str = "end2end";

/// Builds, then runs the journeys: with `--release` against the program that `start` runs. All other arguments go to Playwright.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let (program, arguments) = match arguments {
        [first, rest @ ..] if first == "--release" => {
            build::run()?;
            (build::program(), rest)
        }
        _ => {
            build::browser_part()?;
            process::show(cargo("build").args(["--bin", "portico"]))?;
            (build::debug_program(), arguments)
        }
    };
    let mut summary = Summary::default();
    summary.tests("browser journeys", |tests| {
        journeys(&program, arguments, tests)
    });
    summary.finish()
}

/// Runs the journeys against a build of the program.
pub(crate) fn journeys(program: &Path, arguments: &[String], tests: &mut Tests) -> Result<()> {
    let python = python::ensure(python::OKTA_SDK)?;
    let mut playwright = in_browser("npx")?;
    playwright
        .env("PORTICO_PYTHON", python)
        .env("PORTICO_BINARY", program);
    playwright.args(["playwright", "test"]).args(arguments);
    process::watch(&mut playwright, |line| tests.count(line))
}

/// A Node program of the browser tests, told which browser to use.
pub(crate) fn in_browser(program: &str) -> Result<Command> {
    npm::ensure_project(FOLDER)?;
    let chromium = chromium::ensure()?;
    let mut command = command(program);
    command
        .current_dir(root().join(FOLDER))
        .env("CHROMIUM", chromium);
    Ok(command)
}
