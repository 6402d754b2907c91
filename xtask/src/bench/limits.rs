//! The upper limits of this machine, measured in the same run as everything else.

use super::load::Request;
use super::server::{Probe, Server, free_address};
use super::subject::Folder;
use crate::environment::find_on_path;
use crate::process;
use crate::stopwatch::Stopwatch;
use crate::workspace::{self, cargo, command};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// How many hashes are timed in one go.
const HASHES: u32 = 20;

/// Builds the program that shows the limits, with the profile of the product.
pub(super) fn build() -> Result<()> {
    let mut build = cargo("build");
    build.args([
        "--release",
        "--package",
        "xtask",
        "--features",
        "upper-limits",
        "--bin",
        "upper-limits",
    ]);
    process::step("Building what the figures are compared with", &mut build)
}

/// A bare axum that is about to be measured as the product is.
#[derive(Debug)]
pub(super) struct BareAxum {
    probe: Probe,
    log: PathBuf,
}

impl BareAxum {
    /// Chooses a port.
    pub(super) fn new(folder: &Folder) -> Result<BareAxum> {
        let address = free_address()?;
        let probe = Probe {
            address,
            host: address.to_string(),
            path: "/",
        };
        Ok(BareAxum {
            probe,
            log: folder.file("bare-axum.log"),
        })
    }

    /// Starts it.
    pub(super) fn start(&self) -> Result<(Server, std::time::Duration)> {
        let port = self.probe.address.port().to_string();
        Server::start(
            upper_limits().args(["axum", &port]),
            &self.log,
            std::slice::from_ref(&self.probe),
        )
    }

    /// Its one page.
    pub(super) fn request(&self) -> Request {
        Request::get(self.probe.address, &self.probe.host, "/", None)
    }
}

/// Password hashes in a second, on one core, one after the other.
pub(super) fn argon2_per_second() -> Result<f64> {
    let stopwatch = Stopwatch::start();
    process::read(upper_limits().args(["argon2", &HASHES.to_string()]))?;
    Ok(f64::from(HASHES) / stopwatch.elapsed().as_secs_f64())
}

/// RSA-2048 signatures in a second on one core, as OpenSSL makes them; `None` without OpenSSL.
pub(super) fn rsa_signatures_per_second() -> Result<Option<f64>> {
    if find_on_path("openssl").is_none() {
        return Ok(None);
    }
    let printed =
        process::read(command("openssl").args(["speed", "-mr", "-seconds", "2", "rsa2048"]))?;
    signatures(&printed)
        .map(Some)
        .context("openssl speed printed no figure for rsa2048")
}

/// The line `+F2:2:2048:<signatures per second>:<verifications per second>`.
fn signatures(printed: &str) -> Option<f64> {
    let line = printed.lines().find(|line| line.starts_with("+F2:"))?;
    line.split(':').nth(3)?.parse().ok()
}

fn upper_limits() -> Command {
    command(workspace::target().join("release/upper-limits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_told_from_verifications() {
        let printed =
            "+DTP:2048:private:rsa:2\n+R1:9846:2048:2.00\n+F2:2:2048:4923.500000:164000.250000\n";
        assert_eq!(signatures(printed), Some(4923.5));
    }
}
