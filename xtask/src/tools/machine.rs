//! What must be on the machine already, and how to get it.

use crate::environment::find_on_path;
use crate::process;
use crate::workspace::{WASM_TARGET, command};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// The oldest Node whose npm and test runner are known to work here.
const NODE_MAJOR: u32 = 20;

/// A C compiler builds SQLite and the cryptography library.
pub(crate) fn require_c_compiler() -> Result<()> {
    if ["cc", "gcc", "clang"]
        .into_iter()
        .any(|name| find_on_path(name).is_some())
    {
        return Ok(());
    }
    bail!(
        "no C compiler found: install one (`apt-get install build-essential`, `dnf install gcc`, `xcode-select --install`)"
    );
}

/// npm brings the wasm optimizer and the browser tests.
pub(crate) fn require_node() -> Result<()> {
    let remedy = format!(
        "install Node {NODE_MAJOR} or newer, with npm, from https://nodejs.org or your system's packages"
    );
    let version =
        process::read(command("node").arg("--version")).with_context(|| remedy.clone())?;
    if find_on_path("npm").is_none() && find_on_path("npm.cmd").is_none() {
        bail!("npm is not on the PATH: {remedy}");
    }
    match major(&version) {
        Some(found) if found >= NODE_MAJOR => Ok(()),
        _ => bail!("Node {} is too old: {remedy}", version.trim()),
    }
}

/// The standard library for wasm; rustup fetches it when it is missing.
pub(crate) fn require_wasm_target() -> Result<()> {
    let folder = process::read(command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        WASM_TARGET,
    ]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    if find_on_path("rustup").is_none() {
        bail!(
            "this Rust has no {WASM_TARGET}: install Rust with rustup (https://rustup.rs), which can add it"
        );
    }
    process::step(
        "Fetching the WebAssembly target",
        command("rustup").args(["target", "add", WASM_TARGET]),
    )
}

fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_as_node_prints_it() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("nightly"), None);
    }
}
