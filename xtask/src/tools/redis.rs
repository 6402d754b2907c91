//! The store that the tests of many processes share.

use super::debian;
use crate::environment::{find_on_path, variable};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// The variable by which tests learn of the program.
pub(crate) const VARIABLE: &str = "PORTICO_REDIS";

const NAMES: [&str; 2] = ["redis-server", "valkey-server"];

/// The server: the one `PORTICO_REDIS` names, else one on the PATH, else Debian's, installed when that is allowed. The tests
/// start and end it themselves.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(found) = find()? {
        return Ok(found);
    }
    if !debian::may_install() {
        bail!(
            "no Redis or Valkey server found: install one (`sudo apt-get install redis-server`, `brew install valkey`) or set {VARIABLE} to its path"
        );
    }
    debian::install("redis-server")?;
    match find()? {
        Some(found) => Ok(found),
        None => bail!(
            "apt-get installed Redis, but none of {NAMES:?} is on the PATH: set {VARIABLE} to its path"
        ),
    }
}

fn find() -> Result<Option<PathBuf>> {
    if let Some(chosen) = variable(VARIABLE).map(PathBuf::from) {
        if chosen.is_file() {
            return Ok(Some(chosen));
        }
        bail!("{VARIABLE} names {}, which is not there", chosen.display());
    }
    Ok(NAMES.into_iter().find_map(find_on_path))
}
