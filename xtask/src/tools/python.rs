//! Packages from `PyPI`, in an environment of their own.

use super::folder;
use crate::process;
use crate::workspace::{self, command};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// An environment: what it is called, and the file in the workspace that says what is in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Environment {
    pub(crate) name: &'static str,
    pub(crate) requirements: &'static str,
}

/// Okta's Python SDK, for the journeys.
pub(crate) const OKTA_SDK: Environment = Environment {
    name: "python",
    requirements: "end2end/python/requirements.txt",
};

/// schemathesis, which has requirements of other versions.
pub(crate) const SCHEMATHESIS: Environment = Environment {
    name: "schemathesis",
    requirements: "end2end/fuzz/requirements.txt",
};

/// The Python that has what an environment needs.
pub(crate) fn ensure(Environment { name, requirements }: Environment) -> Result<PathBuf> {
    let requirements = workspace::root().join(requirements);
    let wanted = fs::read(&requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let environment = folder().join(name);
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
    process::step(
        &format!("Installing Python packages for {name} (once)"),
        &mut pip,
    )?;
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
