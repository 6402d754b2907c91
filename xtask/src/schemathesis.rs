//! `cargo xtask schemathesis`: calls every operation that the local org has as an `OpenAPI` document says, and some as it does not.

use crate::bench::server::{Probe, Server, free_address};
use crate::tools::python;
use crate::workspace::{cargo, command, root, target};
use crate::{build, process};
use anyhow::{Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// How many requests are drawn for each operation, besides the examples of the document.
const EXAMPLES: &str = "20";

/// Runs it for the documents of `--spec FILE`, once or more, with `--examples N` requests for each operation.
///
/// Fails when an answer is not as its document says, when credentials are ignored, and when the org fails. Where Okta's API is
/// known to do something else than its document says, `end2end/fuzz/corrections.py` says so with the reason.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let (specs, examples) = options(arguments)?;
    let python = python::ensure(python::SCHEMATHESIS)?;
    process::show(cargo("build").args(["--package", "server"]))?;
    let folder = target().join("xtask/schemathesis");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let (server, url) = start(&folder)?;
    let outcome = process::show(
        command(python)
            .arg(root().join("end2end/fuzz/run.py"))
            .arg(url)
            .arg(root().join("docs/COVERAGE.md"))
            .arg(&folder)
            .arg(examples)
            .args(specs)
            .env("PYTHONDONTWRITEBYTECODE", "1"),
    );
    server.stop()?;
    outcome
}

fn options(arguments: &[String]) -> Result<(Vec<PathBuf>, String)> {
    let (mut specs, mut examples) = (Vec::new(), EXAMPLES.to_owned());
    for pair in arguments.chunks(2) {
        match pair {
            [flag, file] if flag == "--spec" => specs.push(root().join(file)),
            [flag, number] if flag == "--examples" && number.parse::<u32>().is_ok() => {
                examples.clone_from(number);
            }
            _ => bail!("expected --spec FILE, once or more, and at most --examples N"),
        }
    }
    if specs.is_empty() {
        bail!("expected --spec FILE: an OpenAPI document of Okta's");
    }
    Ok((specs, examples))
}

/// A new org of its own, and its address.
fn start(folder: &Path) -> Result<(Server, String)> {
    let address = free_address()?;
    let host = format!("localhost:{}", address.port());
    let url = format!("http://{host}");
    let mut portico = command(build::debug_program());
    portico
        .arg("org")
        .current_dir(folder)
        .env("ORG_URL", &url)
        .env("ORG_LISTEN", address.to_string())
        .env("ORG_DATA_DIR", folder.join("org"))
        .env("ORG_RATE_LIMITS", "off")
        .env("PORTICO_LOG", "warn");
    for name in ["ORG_SEED", "PORTICO_DEV", "ORG_SYSTEM_LOG", "SMTP_URL"] {
        portico.env_remove(name);
    }
    let probe = Probe {
        address,
        host,
        path: "/livez",
    };
    let (server, _) = Server::start(&mut portico, &folder.join("org.log"), &[probe])?;
    Ok((server, url))
}
