//! `portico setup`: gives the program its surroundings.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;
use std::sync::Arc;

use setup::{SetupArgs, Surroundings, TokioPause};
use url::Url;

use crate::ambient::{SystemClock, SystemEntropy};

/// Runs it. Nothing is served, and nothing of app and org is opened: it talks to an org over HTTP, wherever that is.
pub async fn run(args: SetupArgs, app_url: Url, org_url: Url) -> ExitCode {
    let mut out = io::stdout();
    let colours = out.is_terminal() && !args.no_color;
    let around = Surroundings {
        app_url,
        org_url,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        pause: Arc::new(TokioPause),
        out: &mut out,
        input: &mut io::stdin().lock(),
        colours,
    };
    match setup::run(args, around).await {
        Ok(ending) => ExitCode::from(ending.code()),
        Err(fault) => {
            eprintln!("portico setup: {fault}");
            ExitCode::FAILURE
        }
    }
}
