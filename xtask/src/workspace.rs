//! Where things are, and how cargo is called.

use crate::process;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of the part that runs in the browser.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// The build folder; the tools live in it as well, so that deleting it leaves nothing behind.
pub(crate) fn target() -> PathBuf {
    root().join("target")
}

/// A command that runs in the root of the workspace.
///
/// `cargo run` leaves variables of this package behind; without them a build is the same as one typed by hand, and nothing is compiled twice.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).env_remove("LD_LIBRARY_PATH");
    for (name, _) in std::env::vars_os() {
        let is_of_this_package = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        if is_of_this_package {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo <subcommand>` that leaves the lock file as it is.
pub(crate) fn cargo(subcommand: &str) -> Command {
    let mut cargo = command("cargo");
    cargo.args([subcommand, "--locked"]);
    cargo
}

/// What `cargo metadata` says of the workspace and everything it depends on.
pub(crate) fn metadata() -> Result<Value> {
    let mut cargo = cargo("metadata");
    let text = process::read(cargo.args(["--format-version", "1"]))?;
    serde_json::from_str(&text).context("cargo metadata printed something that is not JSON")
}

/// The version that `Cargo.lock` holds for `package`.
pub(crate) fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    version_in(&lock, package).with_context(|| format!("Cargo.lock does not name `{package}`"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    after.split_once('"').map(|(version, _)| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_package_is_not_that_of_a_longer_name() {
        let lock = "name = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\nname = \"wasm-bindgen\"\nversion = \"0.2.1\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.1"));
        assert_eq!(version_in(lock, "absent"), None);
    }
}
