//! The binary `portico`.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::config::{Cli, Command, OrgArgs, OrgCommand};
use server::{examine, org_token, panics, run, set_up};
use tracing_subscriber::EnvFilter;

/// A page is some seven hundred small allocations; the system's allocator takes half of the page's time for them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    // A missing `.env` is normal; a broken one must not be half read.
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        eprintln!("portico: the file .env cannot be read: {error}");
        return ExitCode::FAILURE;
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => {
            // 2, which is usual here, is what a plan with changes ends with.
            let _unwritten = told.print();
            return if told.use_stderr() {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let filter = match EnvFilter::try_new(&cli.log) {
        Ok(filter) => filter,
        Err(error) => {
            eprintln!("portico: PORTICO_LOG is not a filter: {error}");
            return ExitCode::FAILURE;
        }
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    std::panic::set_hook(Box::new(panics::log));
    if let Some(Command::Setup(args)) = cli.command {
        return set_up::run(*args, cli.app.app_url, cli.org.org_url).await;
    }
    if let Some(Command::Doctor(args)) = &cli.command {
        return examine::run((**args).clone(), cli).await;
    }
    if let Some(Command::Org(OrgArgs {
        command: Some(OrgCommand::Token(args)),
    })) = &cli.command
    {
        return org_token::run(args, &cli.org, &cli.app.app_url).await;
    }
    match run::run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portico: {error}");
            ExitCode::FAILURE
        }
    }
}
