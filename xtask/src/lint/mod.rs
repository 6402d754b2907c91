//! `cargo xtask lint`: what can be judged without running the program.

mod forbidden;
mod layering;
mod sentences;
mod size;
mod sources;

use crate::e2e;
use crate::process;
use crate::summary::Summary;
use crate::tools::{self, npm};
use crate::workspace::{WASM_TARGET, cargo, command, root};
use anyhow::Result;

/// Runs every check and tells all that fail.
pub(crate) fn run() -> Result<()> {
    let mut summary = Summary::default();
    add_to(&mut summary);
    summary.finish()
}

/// The checks, as steps of `lint` and of `test`.
pub(crate) fn add_to(summary: &mut Summary) {
    summary.step("format", || {
        process::show(command("cargo").args(["fmt", "--all", "--check"]))
    });
    summary.step("clippy, host", clippy_on_host);
    summary.step("clippy, wasm", clippy_on_wasm);
    summary.step("layering", layering::check);
    summary.step("file size", size::check);
    summary.step("house rules", forbidden::check);
    summary.step("texts in one place", sentences::check);
    summary.step("dependencies", check_dependencies);
    summary.step("types of the browser tests", check_types);
}

fn clippy_on_host() -> Result<()> {
    let mut clippy = cargo("clippy");
    clippy.args([
        "--all-targets",
        "--features",
        "xtask/upper-limits",
        "--",
        "--deny",
        "warnings",
    ]);
    process::show(&mut clippy)
}

/// `frontend` alone: with the rest of the workspace, Leptos would be built for server and browser at once.
fn clippy_on_wasm() -> Result<()> {
    tools::machine::require_wasm_target()?;
    let mut clippy = cargo("clippy");
    clippy.args([
        "--package",
        "frontend",
        "--target",
        WASM_TARGET,
        "--",
        "--deny",
        "warnings",
    ]);
    process::show(&mut clippy)
}

/// Licences, sources and banned crates; advisories need the network and change by themselves, so they are not a check of this code.
fn check_dependencies() -> Result<()> {
    // Also those of other systems, which no build here has needed.
    process::show(command("cargo").args(["fetch", "--locked"]))?;
    let mut deny = command(tools::cargo_deny()?);
    deny.args([
        "--locked",
        "--offline",
        "check",
        "bans",
        "licenses",
        "sources",
    ]);
    process::show(&mut deny)
}

fn check_types() -> Result<()> {
    npm::ensure_project(e2e::FOLDER)?;
    process::show(
        npm::npm("run")
            .arg("check")
            .current_dir(root().join(e2e::FOLDER)),
    )
}
