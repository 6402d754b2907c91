//! `cargo xtask build`: the release build of browser part and server, skipped when nothing it is made of has changed. The journeys
//! use the browser part of it with the server as the tests have built it.

use crate::environment::variable;
use crate::process;
use crate::tools::{self, BuildTools};
use crate::workspace::{self, command};
use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the browser part is made of.
const BROWSER_INPUTS: [&str; 10] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "app",
    "frontend",
    "model",
    "public",
    "rust-toolchain.toml",
    "style",
    "xtask/src/build.rs",
];

/// What the server is made of besides.
const SERVER_INPUTS: [&str; 3] = ["bff", "org", "server"];

/// Builds, or finds that there is nothing to build.
pub(crate) fn run() -> Result<()> {
    let stamp = Stamp::of(Scope::Everything)?;
    if stamp.is_good() {
        return Ok(());
    }
    let mut build = release_build(&stamp.tools);
    process::step("Building the browser part and the server", &mut build)?;
    stamp.set()?;
    Stamp::of(Scope::BrowserPart)?.set()
}

/// Builds what browsers fetch, or finds that it is there.
pub(crate) fn browser_part() -> Result<()> {
    let stamp = Stamp::of(Scope::BrowserPart)?;
    if stamp.is_good() {
        return Ok(());
    }
    // The names of the files are kept beside the server of a release build, which need not be there.
    let folder = workspace::target().join("release");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut build = release_build(&stamp.tools);
    build.arg("--frontend-only");
    process::step("Building the browser part", &mut build)?;
    stamp.set()
}

/// How much is built.
#[derive(Clone, Copy, Debug)]
enum Scope {
    BrowserPart,
    Everything,
}

/// What the last build of a scope was made of and has left.
#[derive(Debug)]
struct Stamp {
    scope: Scope,
    tools: BuildTools,
    inputs: u64,
}

impl Stamp {
    fn of(scope: Scope) -> Result<Self> {
        let tools = tools::for_build()?;
        let inputs = inputs(&tools, scope)?;
        Ok(Self {
            scope,
            tools,
            inputs,
        })
    }

    fn file(&self) -> PathBuf {
        workspace::target().join(match self.scope {
            Scope::BrowserPart => "xtask/browser-part-stamp",
            Scope::Everything => "xtask/build-stamp",
        })
    }

    /// What the file says while nothing has changed.
    fn text(&self) -> String {
        format!("{} {}", self.inputs, outputs(self.scope))
    }

    fn is_good(&self) -> bool {
        fs::read_to_string(self.file()).is_ok_and(|known| known == self.text())
    }

    fn set(&self) -> Result<()> {
        let file = self.file();
        fs::write(&file, self.text()).with_context(|| format!("cannot write {}", file.display()))
    }
}

/// The program.
pub(crate) fn program() -> PathBuf {
    workspace::target().join(format!("release/portico{}", std::env::consts::EXE_SUFFIX))
}

/// The program as `cargo build` and `cargo test` leave it: without the files of browsers.
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
fn inputs(tools: &BuildTools, scope: Scope) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    tools.versions.hash(&mut hasher);
    variable("RUSTFLAGS").hash(&mut hasher);
    let of_server = match scope {
        Scope::BrowserPart => &[][..],
        Scope::Everything => &SERVER_INPUTS,
    };
    for input in BROWSER_INPUTS.iter().chain(of_server) {
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
fn outputs(scope: Scope) -> u64 {
    let mut hasher = DefaultHasher::new();
    if matches!(scope, Scope::Everything) {
        hash_shape(&program(), &mut hasher);
    }
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
        let missing: Vec<&str> = BROWSER_INPUTS
            .into_iter()
            .chain(SERVER_INPUTS)
            .filter(|input| !workspace::root().join(input).exists())
            .collect();
        assert_eq!(missing, [""; 0]);
    }
}
