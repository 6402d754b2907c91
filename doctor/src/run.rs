//! `portico doctor`: from the command line to the exit code.

use std::io::Write;
use std::sync::Arc;

use model::{Clock, Entropy};
use setup::{Fault, Patience, Pause};

use crate::facts::gather;
use crate::{DoctorArgs, Ending, Report, Settings, render};

/// What the program finds around it, passed in so that tests bring their own.
pub struct Surroundings<'s> {
    /// What the app was told.
    pub settings: Settings,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// How to wait for an org that is busy.
    pub pause: Arc<dyn Pause>,
    /// Where results go.
    pub out: &'s mut dyn Write,
    /// Whether results may have colours.
    pub colours: bool,
}

impl std::fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surroundings")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Does what the command line says.
pub async fn run(args: DoctorArgs, around: Surroundings<'_>) -> Result<Ending, Fault> {
    if args.list {
        write(around.out, &render::catalogue())?;
        return Ok(Ending::Fine);
    }
    let patience = Patience {
        clock: around.clock,
        pause: around.pause,
        entropy: around.entropy,
    };
    let facts = gather(&args, around.settings, patience).await?;
    let report = Report::of(&facts, &args.skip);
    let text = if args.json {
        render::json(&facts, &report)
    } else {
        render::text(&facts, &report, around.colours, args.verbose)
    };
    write(around.out, &text)?;
    Ok(report.ending(args.strict))
}

fn write(out: &mut dyn Write, text: &str) -> Result<(), Fault> {
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|source| Fault::File {
        what: "the output".to_owned(),
        source,
    })
}
