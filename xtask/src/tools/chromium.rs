//! The browser of the journeys.

use super::debian;
use crate::environment::{find_on_path, variable};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Debian's package and program: Chromium without its windows, which costs half as much processor time.
const HEADLESS_SHELL: &str = "chromium-headless-shell";

/// The first that is there is taken.
const NAMES: [&str; 5] = [
    HEADLESS_SHELL,
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
    if !debian::may_install() {
        bail!(
            "no Chromium found: install one (`sudo apt-get install chromium`, `brew install --cask chromium`) or set CHROMIUM to its path"
        );
    }
    debian::install(HEADLESS_SHELL)?;
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
