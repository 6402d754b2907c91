//! `cargo xtask <command>`: everything a developer or CI does with this repository.

mod bench;
mod build;
mod coverage;
mod e2e;
mod environment;
mod fmt;
mod lighthouse;
mod lint;
mod process;
mod schemathesis;
mod screenshots;
mod start;
mod stopwatch;
mod summary;
mod test;
mod tools;
mod watch;
mod workspace;

use anyhow::{Result, bail};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <command>

  start [-- args]    fetch what is missing, build in release mode, run the app and the local org
  test               everything CI runs
  build              the release build that `start` runs
  watch [args]       for development: build, run and reload at each change; args go to cargo-leptos
  fmt                format the Rust sources
  lint               format, clippy on host and wasm, layering, house rules, dependencies
  e2e [args]         the browser journeys; with --release against what `start` runs; other args go to Playwright
  bench [options]    figures beside their upper limits; --quick, --only PART, --program FILE, --json FILE
  coverage [--spec]  write docs/COVERAGE.md; or check the answers of the API against OpenAPI documents
  schemathesis       call every operation of the API as the OpenAPI documents of --spec FILE say; --examples N
  lighthouse         have Lighthouse judge accessibility and practices of the pages
  screenshots        take the pictures in docs/images from the running program, and write docs/PICTURES.md
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let (command, rest) = match arguments {
        [] => ("help", arguments),
        [command, rest @ ..] => (command.as_str(), rest),
    };
    match command {
        "start" => start::run(rest),
        "test" => test::run(),
        "build" => build::run(),
        "watch" => watch::run(rest),
        "fmt" => fmt::run(),
        "lint" => lint::run(),
        "e2e" => e2e::run(rest),
        "bench" => bench::run(rest),
        "coverage" => coverage::run(rest),
        "schemathesis" => schemathesis::run(rest),
        "lighthouse" => lighthouse::run(),
        "screenshots" => screenshots::run(),
        "help" | "-h" | "--help" => {
            print!("{USAGE}");
            Ok(())
        }
        unknown => bail!("there is no command `{unknown}`\n\n{USAGE}"),
    }
}
