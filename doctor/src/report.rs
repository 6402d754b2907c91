use serde::Serialize;

use crate::{Check, Facts, Severity, Skip};

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Something is not as it should be.
    Found {
        /// How bad it is.
        severity: Severity,
        /// What was found.
        cause: String,
        /// What to do.
        remedy: String,
    },
    /// A fact is missing.
    NotChecked {
        /// Which.
        reason: String,
    },
    /// What it is about does not exist here.
    DoesNotApply {
        /// What that is.
        reason: String,
    },
    /// All is well.
    Pass,
}

/// What a check says, once for each flaw.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The check.
    pub check: &'static Check,
    /// How it ended.
    pub state: State,
}

impl Finding {
    /// How bad it is, if it is.
    pub fn severity(&self) -> Option<Severity> {
        match &self.state {
            State::Found { severity, .. } => Some(*severity),
            State::NotChecked { .. } | State::DoesNotApply { .. } | State::Pass => None,
        }
    }
}

/// A grade, as at school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Grade {
    /// Neither errors nor warnings.
    A,
    /// No errors, and up to three warnings.
    B,
    /// No errors, and more warnings.
    C,
    /// One error.
    D,
    /// More errors.
    F,
}

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// 0.
    Fine,
    /// Errors, or warnings where those count: 1.
    Failed,
    /// Nothing failed, but something could not be checked: 2.
    Incomplete,
}

impl Ending {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Failed => 1,
            Self::Incomplete => 2,
        }
    }
}

/// Everything that the checks say, the worst first.
#[derive(Debug, Clone)]
pub struct Report {
    /// By severity, then area, then the order of the checks.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Judges the facts by every check but those whose ids begin as `skip` says.
    pub fn of(facts: &Facts, skip: &[String]) -> Self {
        let is_skipped = |check: &&Check| {
            let begins = |start: &String| !start.is_empty() && check.id.starts_with(&**start);
            skip.iter().any(begins)
        };
        let checks = crate::checks().filter(|check| !is_skipped(check));
        let mut findings: Vec<Finding> =
            checks.flat_map(|check| findings_of(check, facts)).collect();
        findings.sort_by_key(|finding| (rank(&finding.state), finding.check.area));
        Self { findings }
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let found = self.findings.iter().filter_map(Finding::severity);
        found.filter(|known| *known == severity).count()
    }

    /// How many checks could not be made.
    pub fn not_checked(&self) -> usize {
        self.ended(|state| matches!(state, State::NotChecked { .. }))
    }

    /// How many checks passed.
    pub fn passed(&self) -> usize {
        self.ended(|state| *state == State::Pass)
    }

    fn ended(&self, how: impl Fn(&State) -> bool) -> usize {
        let states = self.findings.iter().map(|finding| &finding.state);
        states.filter(|state| how(state)).count()
    }

    /// The grade of what could be checked.
    pub fn grade(&self) -> Grade {
        match (self.count(Severity::Error), self.count(Severity::Warning)) {
            (0, 0) => Grade::A,
            (0, 1..=3) => Grade::B,
            (0, _) => Grade::C,
            (1, _) => Grade::D,
            _ => Grade::F,
        }
    }

    /// How the program ends.
    pub fn ending(&self, is_strict: bool) -> Ending {
        let warnings = if is_strict {
            self.count(Severity::Warning)
        } else {
            0
        };
        if self.count(Severity::Error) + warnings > 0 {
            Ending::Failed
        } else if self.not_checked() > 0 {
            Ending::Incomplete
        } else {
            Ending::Fine
        }
    }
}

fn rank(state: &State) -> u8 {
    match state {
        State::Found { severity, .. } => match severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        },
        State::NotChecked { .. } => 3,
        State::Pass => 4,
        State::DoesNotApply { .. } => 5,
    }
}

fn findings_of(check: &'static Check, facts: &Facts) -> Vec<Finding> {
    let states = match (check.judge)(facts) {
        Ok(flaws) if flaws.is_empty() => vec![State::Pass],
        Ok(flaws) => flaws
            .into_iter()
            .map(|flaw| State::Found {
                severity: flaw.severity,
                cause: flaw.cause,
                remedy: flaw.remedy,
            })
            .collect(),
        Err(Skip::NotChecked(reason)) => vec![State::NotChecked { reason }],
        Err(Skip::DoesNotApply(reason)) => vec![State::DoesNotApply {
            reason: reason.to_owned(),
        }],
    };
    let finding = |state| Finding { check, state };
    states.into_iter().map(finding).collect()
}
