//! `cargo xtask build`: the release build of browser part and server, skipped when nothing it is made of has changed.

use crate::environment::variable;
use crate::process;
use crate::tools::{self, BuildTools};
use crate::workspace::{self, command};
use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Everything a release build is made of.
const INPUTS: [&str; 13] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "app",
    "bff",
    "frontend",
    "model",
    "org",
    "public",
    "rust-toolchain.toml",
    "server",
    "style",
    "xtask/src/build.rs",
];

/// Builds, or finds that there is nothing to build.
pub(crate) fn run() -> Result<()> {
    let tools = tools::for_build()?;
    let stamp = workspace::target().join("xtask/build-stamp");
    let before = inputs(&tools)?;
    if fs::read_to_string(&stamp).is_ok_and(|known| known == format!("{before} {}", outputs())) {
        return Ok(());
    }
    process::step(
        "Building the browser part and the server",
        &mut release_build(&tools),
    )?;
    fs::write(&stamp, format!("{before} {}", outputs()))
        .with_context(|| format!("cannot write {}", stamp.display()))
}

/// The program.
pub(crate) fn program() -> PathBuf {
    workspace::target().join(format!("release/portico{}", std::env::consts::EXE_SUFFIX))
}

/// The program as `cargo build` leaves it: without the files of browsers.
pub(crate) fn debug_program() -> PathBuf {
    workspace::target().join(format!("debug/portico{}", std::env::consts::EXE_SUFFIX))
}

/// The folder of the files that browsers fetch.
pub(crate) fn site() -> PathBuf {
    workspace::target().join("site")
}

/// The program, told where its files are.
pub(crate) fn portico() -> Command {
    portico_at(&program())
}

/// Another build of the program, told the same.
pub(crate) fn portico_at(program: &Path) -> Command {
    let mut portico = command(program);
    portico.env("LEPTOS_SITE_ROOT", site());
    portico.envs([
        ("LEPTOS_OUTPUT_NAME", "portico"),
        ("LEPTOS_SITE_PKG_DIR", "pkg"),
        ("LEPTOS_HASH_FILES", "true"),
    ]);
    portico
}

/// A command of cargo-leptos, with the tools it needs.
pub(crate) fn cargo_leptos(tools: &BuildTools, subcommand: &str) -> Command {
    let mut leptos = command(&tools.cargo_leptos);
    leptos.args(["leptos", subcommand]).env("PATH", &tools.path);
    leptos.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remapped());
    leptos
}

/// Flags that leave the folders of this machine out of what browsers fetch: the messages of panics name the files of crates.
fn remapped() -> String {
    let home = variable("CARGO_HOME").map_or_else(
        || std::env::home_dir().unwrap_or_default().join(".cargo"),
        PathBuf::from,
    );
    let registries = sorted(&home.join("registry/src")).unwrap_or_default();
    let flags = registries.iter().filter_map(|registry| {
        let registry = registry.to_str().filter(|path| !path.contains(' '))?;
        Some(format!("--remap-path-prefix={registry}/="))
    });
    flags.collect::<Vec<_>>().join(" ")
}

fn release_build(tools: &BuildTools) -> Command {
    let mut build = cargo_leptos(tools, "build");
    build.args(["--release", "--precompress", "--cargo-locked"]);
    // What a browser may keep for a year is named by its content.
    build.env("LEPTOS_HASH_FILES", "true");
    // Its own errors say enough; a trace of the tool's insides would hide them.
    build.envs([("RUST_BACKTRACE", "0"), ("NO_COLOR", "1")]);
    build
}

/// One number for the content of everything the build reads.
fn inputs(tools: &BuildTools) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    tools.versions.hash(&mut hasher);
    variable("RUSTFLAGS").hash(&mut hasher);
    for input in INPUTS {
        hash_content(&workspace::root().join(input), &mut hasher)?;
    }
    Ok(hasher.finish())
}

fn hash_content(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    path.hash(hasher);
    if path.is_dir() {
        for entry in sorted(path)? {
            hash_content(&entry, hasher)?;
        }
    } else if path.is_file() {
        fs::read(path)
            .with_context(|| format!("cannot read {}", path.display()))?
            .hash(hasher);
    }
    Ok(())
}

/// One number for what the build left: names, sizes and times, so that a program built otherwise is not taken for it.
fn outputs() -> u64 {
    let mut hasher = DefaultHasher::new();
    hash_shape(&program(), &mut hasher);
    hash_shape(&program().with_file_name("hash.txt"), &mut hasher);
    hash_shape(&site(), &mut hasher);
    hasher.finish()
}

fn hash_shape(path: &Path, hasher: &mut DefaultHasher) {
    path.hash(hasher);
    if let Ok(entries) = sorted(path) {
        for entry in entries {
            hash_shape(&entry, hasher);
        }
    } else if let Ok(metadata) = fs::metadata(path) {
        metadata.len().hash(hasher);
        metadata.modified().ok().hash(hasher);
    }
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_of_the_build_exists() {
        let missing: Vec<&str> = INPUTS
            .into_iter()
            .filter(|input| !workspace::root().join(input).exists())
            .collect();
        assert_eq!(missing, [""; 0]);
    }
}
