//! Programs that Debian has, installed where that is allowed.

use crate::environment::find_on_path;
use crate::process;
use crate::workspace::command;
use anyhow::Result;

/// Whether this user may install packages here.
pub(crate) fn may_install() -> bool {
    let is_root = process::read(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    is_root && find_on_path("apt-get").is_some()
}

/// Installs a package. A service that it brings does not start by that.
pub(crate) fn install(package: &str) -> Result<()> {
    process::step(
        "Refreshing Debian's package list",
        command("apt-get").arg("update"),
    )?;
    let mut install = command("apt-get");
    install.args(["install", "--yes", "--no-install-recommends", package]);
    // Debian starts no services in the runlevel for maintenance.
    install
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("RUNLEVEL", "1");
    process::step(&format!("Installing {package}"), &mut install)
}
