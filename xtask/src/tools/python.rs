//! Packages from `PyPI`, in an environment of their own.

use super::folder;
use crate::process;
use crate::workspace::{self, command};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The Python that has what `requirements` names, a file in the workspace.
pub(crate) fn ensure(requirements: &str) -> Result<PathBuf> {
    let requirements = workspace::root().join(requirements);
    let wanted = fs::read(&requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let environment = folder().join("python");
    let python = environment.join("bin/python");
    let installed = environment.join("installed-from");
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(python);
    }
    make(&environment)?;
    let mut pip = command(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ])
    .arg(&requirements);
    process::step("Installing Okta's Python SDK (once)", &mut pip)?;
    fs::write(installed, wanted).context("cannot note what pip installed")?;
    Ok(python)
}

fn make(environment: &Path) -> Result<()> {
    let mut venv = command("python3");
    venv.args(["-m", "venv", "--clear"]).arg(environment);
    process::step("Making an environment for Python packages", &mut venv).context(
        "Python 3.10 or newer with its module `venv` is needed; on Debian: apt install python3-venv",
    )
}
