//! The browser of the journeys.

use crate::environment::{find_on_path, variable};
use crate::process;
use crate::workspace::command;
use anyhow::{Result, bail};
use std::path::PathBuf;

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The browser: the one `CHROMIUM` names, else one on the PATH, else Debian's, installed when that is allowed.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(found) = find()? {
        return Ok(found);
    }
    if !may_install() {
        bail!(
            "no Chromium found: install one (`sudo apt-get install chromium`, `brew install --cask chromium`) or set CHROMIUM to its path"
        );
    }
    process::step(
        "Refreshing Debian's package list",
        command("apt-get").arg("update"),
    )?;
    let mut install = command("apt-get");
    install.args(["install", "--yes", "--no-install-recommends", "chromium"]);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    process::step("Installing Chromium", &mut install)?;
    match find()? {
        Some(found) => Ok(found),
        None => bail!(
            "apt-get installed Chromium, but none of {NAMES:?} is on the PATH: set CHROMIUM to its path"
        ),
    }
}

fn find() -> Result<Option<PathBuf>> {
    if let Some(chosen) = variable("CHROMIUM").map(PathBuf::from) {
        if chosen.is_file() {
            return Ok(Some(chosen));
        }
        bail!("CHROMIUM names {}, which is not there", chosen.display());
    }
    Ok(NAMES.into_iter().find_map(find_on_path))
}

fn may_install() -> bool {
    let is_root = process::read(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    is_root && find_on_path("apt-get").is_some()
}
