//! Packages from npm.

use super::folder;
use crate::process;
use crate::workspace::{self, command};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Installs `package` under `target/tools` unless this version is there.
pub(crate) fn ensure_tool(package: &str, version: &str) -> Result<()> {
    let manifest = folder()
        .join("node_modules")
        .join(package)
        .join("package.json");
    if version_of(&manifest).as_deref() == Some(version) {
        return Ok(());
    }
    let mut npm = npm("install");
    npm.arg("--prefix")
        .arg(folder())
        .arg("--save-exact")
        .arg(format!("{package}@{version}"));
    process::step(&format!("Installing {package} {version} (once)"), &mut npm)
}

/// Installs what the lock file of `project` names, unless that is what is there.
pub(crate) fn ensure_project(project: &str) -> Result<()> {
    let project = workspace::root().join(project);
    let lock = project.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let installed = project.join("node_modules/.installed-from");
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let mut npm = npm("ci");
    // The journeys run in the browser that the system has.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(&project);
    process::step("Installing the packages of the browser tests", &mut npm)?;
    fs::write(installed, wanted).context("cannot note what npm installed")
}

/// `npm <subcommand>` that says nothing but what matters.
pub(crate) fn npm(subcommand: &str) -> std::process::Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args([
        subcommand,
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
    ]);
    npm
}

fn version_of(manifest: &Path) -> Option<String> {
    let text = fs::read_to_string(manifest).ok()?;
    let manifest: Value = serde_json::from_str(&text).ok()?;
    Some(manifest["version"].as_str()?.to_owned())
}
