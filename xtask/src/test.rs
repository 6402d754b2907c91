//! `cargo xtask test`: everything CI runs, in its order.
//!
//! The journeys run against the server that the tests are linked with, whose arithmetic is checked, and against the browser part as it
//! is shipped. An optimised server takes a fifth of the whole time to build; `cargo xtask e2e --release` is for that.

use crate::e2e;
use crate::summary::{Summary, Tests};
use crate::tools::redis;
use crate::workspace::cargo;
use crate::{build, lint, process};
use anyhow::Result;

/// Runs all of it, and ends with the figures.
pub(crate) fn run() -> Result<()> {
    let mut summary = Summary::default();
    lint::add_to(&mut summary);
    let is_built = summary.step("build of the tests", build_tests);
    if is_built {
        summary.tests("unit and integration tests", cargo_test);
    }
    summary.step("documentation", documentation);
    if summary.step("browser part", build::browser_part) && is_built {
        summary.tests("browser journeys", |tests| {
            e2e::journeys(&build::debug_program(), &[], tests)
        });
    }
    summary.finish()
}

fn build_tests() -> Result<()> {
    process::show(cargo("test").arg("--no-run"))
}

fn cargo_test(tests: &mut Tests) -> Result<()> {
    let mut test = cargo("test");
    test.arg("--no-fail-fast")
        .env(redis::VARIABLE, redis::ensure()?);
    process::watch(&mut test, |line| tests.count(line))
}

fn documentation() -> Result<()> {
    process::show(
        cargo("doc")
            .arg("--no-deps")
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )
}
