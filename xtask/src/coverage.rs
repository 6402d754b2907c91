//! `cargo xtask coverage`: which operations of Okta's API the local org has.

use anyhow::{Result, bail};
use std::path::PathBuf;

use crate::process;
use crate::workspace::{self, cargo};

/// The test that asks the router and holds `docs/COVERAGE.md` against it; with the variable set it writes it.
const TEST: &str = "the_document_of_the_coverage_says_what_the_router_does";
const WRITE: &str = "PORTICO_WRITE_COVERAGE";
/// Where the tests write down every answer of the API that they get.
const RECORD: &str = "PORTICO_RECORD_ANSWERS";

/// Without arguments writes `docs/COVERAGE.md`; with `--spec FILE`, once or more, runs the tests of the API and checks every
/// answer that they get against the schemas of these `OpenAPI` documents.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if arguments.is_empty() {
        return write();
    }
    let mut specs = Vec::new();
    for pair in arguments.chunks(2) {
        match pair {
            [flag, file] if flag == "--spec" => specs.push(PathBuf::from(file)),
            _ => bail!("expected nothing, or --spec FILE"),
        }
    }
    check(&specs)
}

fn write() -> Result<()> {
    process::show(
        cargo("test")
            .args(["--package", "org", "--test", "it", TEST])
            .env(WRITE, "1"),
    )
}

fn check(specs: &[PathBuf]) -> Result<()> {
    let answers = workspace::root().join("target/api-answers.jsonl");
    if answers.exists() {
        std::fs::remove_file(&answers)?;
    }
    process::show(
        cargo("test")
            .args(["--package", "org", "--test", "it", "api::"])
            .env(RECORD, &answers),
    )?;
    process::show(
        cargo("run")
            .args([
                "--package",
                "xtask",
                "--features",
                "spec-check",
                "--bin",
                "spec-check",
                "--",
            ])
            .arg(answers)
            .args(specs),
    )
}
