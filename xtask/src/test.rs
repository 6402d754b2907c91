//! `cargo xtask test`: everything CI runs, in its order.

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
    summary.tests("unit and integration tests", cargo_test);
    summary.step("documentation", documentation);
    if summary.step("release build", build::run) {
        summary.tests("browser journeys", |tests| e2e::journeys(&[], tests));
    }
    summary.finish()
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
