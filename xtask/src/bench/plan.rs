//! How long and how often to measure.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::time::Duration;

/// What the options ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Runs of each measurement, of which the median counts.
    pub(super) runs: usize,
    /// How long one run of load lasts.
    pub(super) time: Duration,
    /// Where to write the figures for a program.
    pub(super) json: Option<PathBuf>,
}

impl Plan {
    /// Reads `--quick` and `--json FILE`.
    pub(super) fn parse(arguments: &[String]) -> Result<Plan> {
        let mut plan = Plan {
            runs: 5,
            time: Duration::from_secs(3),
            json: None,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => (plan.runs, plan.time) = (1, Duration::from_secs(1)),
                "--json" => {
                    let file = arguments.next();
                    plan.json = Some(file.context("--json needs the name of a file")?.into());
                }
                other => bail!("bench does not know `{other}`: it takes --quick and --json FILE"),
            }
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_that_is_not_known_is_named() {
        let error = Plan::parse(&["--fast".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("`--fast`"), "{error}");
    }

    #[test]
    fn a_quick_run_can_be_written_to_a_file() {
        let plan = Plan::parse(&["--json", "a.json", "--quick"].map(str::to_owned)).unwrap();
        assert_eq!((plan.runs, plan.json), (1, Some(PathBuf::from("a.json"))));
    }
}
