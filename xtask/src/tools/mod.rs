//! The tools a build needs beyond Rust, Node and a C compiler; all are kept in `target/tools`, away from the developer's own.

pub(crate) mod cargo_install;
pub(crate) mod chromium;
mod debian;
pub(crate) mod machine;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod redis;
pub(crate) mod widget;

use crate::workspace;
use anyhow::{Context, Result};
use cargo_install::Tool;
use std::ffi::OsString;
use std::path::PathBuf;

const CARGO_LEPTOS: Tool<'static> = Tool {
    name: "cargo-leptos",
    version: "0.3.11",
    // It would otherwise fetch programs by itself.
    features: &["no_downloads"],
    with_own_lock: true,
};

const CARGO_DENY: Tool<'static> = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    features: &[],
    with_own_lock: true,
};

/// The release of the npm package that carries `wasm-opt`.
const BINARYEN: &str = "132.0.0";

/// The tools of a release build, present and ready.
#[derive(Debug)]
pub(crate) struct BuildTools {
    /// The program itself: `cargo leptos` would prefer the developer's own.
    pub(crate) cargo_leptos: PathBuf,
    /// The PATH on which cargo-leptos finds `wasm-bindgen` and `wasm-opt`.
    pub(crate) path: OsString,
    /// Names and versions, in one line: another line, another build.
    pub(crate) versions: String,
}

/// Fetches what a release build needs and is not there yet.
pub(crate) fn for_build() -> Result<BuildTools> {
    machine::require_c_compiler()?;
    machine::require_node()?;
    machine::require_wasm_target()?;
    // Generated code and generator must be of one version.
    let wasm_bindgen = workspace::locked_version("wasm-bindgen")?;
    let cargo_leptos = cargo_install::ensure(&CARGO_LEPTOS)?;
    cargo_install::ensure(&Tool {
        name: "wasm-bindgen-cli",
        version: &wasm_bindgen,
        features: &[],
        // It names releases that some mirrors of crates.io do not have.
        with_own_lock: false,
    })?;
    npm::ensure_tool("binaryen", BINARYEN)?;
    widget::ensure()?;
    Ok(BuildTools {
        cargo_leptos,
        path: path()?,
        versions: format!("{} {wasm_bindgen} {BINARYEN}", CARGO_LEPTOS.version),
    })
}

/// Fetches what checks the dependencies, and says where its program is.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    machine::require_c_compiler()?;
    cargo_install::ensure(&CARGO_DENY)
}

pub(crate) fn folder() -> PathBuf {
    workspace::target().join("tools")
}

fn path() -> Result<OsString> {
    let inherited = crate::environment::variable("PATH").unwrap_or_default();
    let own = [folder().join("bin"), folder().join("node_modules/.bin")];
    let all = own.into_iter().chain(std::env::split_paths(&inherited));
    std::env::join_paths(all).context("a folder on the PATH has a name that cannot stand there")
}
