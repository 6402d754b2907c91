//! Programs from crates.io, compiled once at a fixed version.

use super::folder;
use crate::process;
use crate::workspace::command;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// A program that `cargo install` builds.
#[derive(Debug)]
pub(crate) struct Tool<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
    pub(crate) features: &'a [&'a str],
    /// Whether it is built with the very crates its authors tested.
    pub(crate) with_own_lock: bool,
}

/// A tool is compiled once and runs for seconds, so a quick compile is worth more than a quick tool, except where bytes are turned over by the million.
const QUICK_TO_COMPILE: [&str; 8] = [
    "lto=false",
    "codegen-units=16",
    "opt-level=0",
    "debug=false",
    "package.brotli.opt-level=3",
    "package.libflate_lz77.opt-level=3",
    "package.walrus.opt-level=2",
    "package.wasmparser.opt-level=2",
];

/// Installs the tool unless this version is there, and says where its program is.
pub(crate) fn ensure(tool: &Tool<'_>) -> Result<PathBuf> {
    if let Some(program) = installed(tool) {
        return Ok(program);
    }
    install(tool)?;
    installed(tool).with_context(|| {
        let folder = folder();
        format!(
            "cargo put {} elsewhere than into {}",
            tool.name,
            folder.display()
        )
    })
}

fn installed(tool: &Tool<'_>) -> Option<PathBuf> {
    let record = fs::read_to_string(folder().join(".crates.toml")).ok()?;
    let program = folder().join("bin").join(program_in(&record, tool)?);
    program.is_file().then_some(program)
}

/// The first program of the tool's entry, `"name 1.2.3 (registry…)" = ["program", …]`; a long list has a line for each.
fn program_in<'r>(record: &'r str, tool: &Tool<'_>) -> Option<&'r str> {
    let start = format!("\"{} {} (", tool.name, tool.version);
    let (_, entry) = record.split_once(&start)?;
    let (_, programs) = entry.split_once("= [")?;
    programs.split('"').nth(1)
}

fn install(tool: &Tool<'_>) -> Result<()> {
    let mut cargo = command("cargo");
    cargo.args([
        "install",
        tool.name,
        "--version",
        &format!("={}", tool.version),
    ]);
    cargo.args(["--force", "--root"]).arg(folder());
    if tool.with_own_lock {
        // Some of the crates in it only claim to need a newer Rust.
        cargo.args(["--locked", "--ignore-rust-version"]);
    } else {
        cargo.env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback");
    }
    if !tool.features.is_empty() {
        cargo.args(["--features", &tool.features.join(",")]);
    }
    for setting in QUICK_TO_COMPILE {
        cargo.args(["--config", &format!("profile.release.{setting}")]);
    }
    // A folder that stays, so that an interrupted install goes on where it stopped; afterwards it is a gigabyte of nothing.
    let build = folder().join("build");
    cargo.env("CARGO_TARGET_DIR", &build);
    process::step(
        &format!("Installing {} {} (once)", tool.name, tool.version),
        &mut cargo,
    )?;
    fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "[v1]\n\"wasm-bindgen-cli 0.2.130 (registry+https://example.com)\" = [\n    \"wasm-bindgen\",\n    \"wasm-bindgen-test-runner\",\n]\n";

    fn tool(version: &str) -> Tool<'_> {
        Tool {
            name: "wasm-bindgen-cli",
            version,
            features: &[],
            with_own_lock: false,
        }
    }

    #[test]
    fn a_tool_is_there_when_the_record_names_its_version() {
        assert_eq!(program_in(RECORD, &tool("0.2.130")), Some("wasm-bindgen"));
    }

    #[test]
    fn another_version_is_not_the_tool_asked_for() {
        assert_eq!(program_in(RECORD, &tool("0.2.13")), None);
    }
}
