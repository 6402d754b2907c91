//! The binary `portico`.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::config::Cli;
use server::{panics, run};
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
    let cli = Cli::parse();
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
    match run::run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portico: {error}");
            ExitCode::FAILURE
        }
    }
}
