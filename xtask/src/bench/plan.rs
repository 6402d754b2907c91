//! What to measure, how long and how often.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::time::Duration;

/// The rows of the file that a campaign brings in.
const ROWS: usize = 10_000;

/// What is measured together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Starts,
    Campaign,
    Requests,
    Tokens,
    SignIns,
    Scale,
    Downloads,
}

impl Part {
    /// All of them. Those that give the load a core of its own come after those that do not.
    pub(super) const ALL: [Part; 7] = [
        Part::Starts,
        Part::Campaign,
        Part::Requests,
        Part::Tokens,
        Part::SignIns,
        Part::Scale,
        Part::Downloads,
    ];

    /// The word for `--only`.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Part::Starts => "starts",
            Part::Campaign => "campaign",
            Part::Requests => "requests",
            Part::Tokens => "tokens",
            Part::SignIns => "sign-ins",
            Part::Scale => "scale",
            Part::Downloads => "downloads",
        }
    }

    /// What is said while it runs.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Part::Starts => "Starting",
            Part::Campaign => "Bringing people in",
            Part::Requests => "Answering requests",
            Part::Tokens => "Asking for tokens",
            Part::SignIns => "Signing in",
            Part::Scale => "Searching among many",
            Part::Downloads => "Downloading",
        }
    }

    /// Whether it compares with the bare programs of `upper-limits`.
    pub(super) const fn needs_upper_limits(self) -> bool {
        matches!(self, Part::Starts | Part::Requests | Part::SignIns)
    }

    /// Whether the generator of the load must not take the server's core.
    pub(super) const fn is_load(self) -> bool {
        !matches!(self, Part::Starts | Part::Campaign)
    }
}

/// What the options ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Runs of each measurement, of which the median counts.
    pub(super) runs: usize,
    /// How long one run of load lasts.
    pub(super) time: Duration,
    /// Rows of the file that a campaign brings in.
    pub(super) rows: usize,
    /// The parts to measure.
    pub(super) parts: Vec<Part>,
    /// A program that is there already, instead of one that is built now.
    pub(super) program: Option<PathBuf>,
    /// Where to write the figures for a program.
    pub(super) json: Option<PathBuf>,
}

impl Plan {
    /// Reads `--quick`, `--only PART`, `--program FILE` and `--json FILE`.
    pub(super) fn parse(arguments: &[String]) -> Result<Plan> {
        let mut plan = Plan {
            runs: 5,
            time: Duration::from_secs(3),
            rows: ROWS,
            parts: Vec::new(),
            program: None,
            json: None,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = |what: &str| {
                let value = arguments.next();
                value.with_context(|| format!("{argument} needs {what}"))
            };
            match argument.as_str() {
                "--quick" => {
                    (plan.runs, plan.time, plan.rows) = (1, Duration::from_secs(1), ROWS / 10);
                }
                "--only" => plan.parts.push(part(value("the name of a part")?)?),
                "--program" => plan.program = Some(value("the program")?.into()),
                "--json" => plan.json = Some(value("the name of a file")?.into()),
                other => bail!(
                    "bench does not know `{other}`: it takes --quick, --only PART, --program FILE and --json FILE"
                ),
            }
        }
        if plan.parts.is_empty() {
            plan.parts = Part::ALL.to_vec();
        }
        Ok(plan)
    }
}

fn part(word: &str) -> Result<Part> {
    let known = Part::ALL.into_iter().find(|part| part.word() == word);
    known.with_context(|| {
        let words = Part::ALL.map(Part::word).join(", ");
        format!("bench has no part `{word}`: there are {words}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Plan> {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        Plan::parse(&arguments)
    }

    #[test]
    fn an_option_or_a_part_that_is_not_known_is_named() {
        for arguments in [["--fast"].as_slice(), &["--only", "--fast"]] {
            let error = parse(arguments).unwrap_err().to_string();
            assert!(error.contains("`--fast`"), "{error}");
        }
    }

    #[test]
    fn a_quick_run_can_be_written_to_a_file() {
        let plan = parse(&["--json", "a.json", "--quick"]).unwrap();
        assert_eq!((plan.runs, plan.json), (1, Some(PathBuf::from("a.json"))));
        assert_eq!(plan.parts, Part::ALL);
    }

    #[test]
    fn some_parts_can_be_measured_alone() {
        let plan = parse(&["--only", "tokens", "--only", "campaign"]).unwrap();
        assert_eq!(plan.parts, [Part::Tokens, Part::Campaign]);
    }
}
