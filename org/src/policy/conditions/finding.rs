use std::collections::HashMap;

use crate::policy::CheckResult;

/// One condition, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The condition in words.
    pub(crate) what: String,
    pub(crate) result: CheckResult,
    /// Whether the rule may still apply: what is not decidable is one or the other by assumption.
    pub(crate) holds: bool,
}

/// A condition that the org can decide.
pub(super) fn matches(what: impl Into<String>, holds: bool) -> Finding {
    Finding {
        what: what.into(),
        result: if holds {
            CheckResult::Match
        } else {
            CheckResult::NoMatch
        },
        holds,
    }
}

/// A condition about something that the org does not know; `taken_as` says what it assumes.
pub(super) fn not_decidable(what: &str, taken_as: &str, holds: bool) -> Finding {
    Finding {
        what: format!("{what} (not decidable here, taken as: {taken_as})"),
        result: CheckResult::NotDecidable,
        holds,
    }
}

/// All conditions of a policy or of a rule.
#[derive(Debug)]
pub(crate) struct Examined {
    pub(crate) findings: Vec<Finding>,
}

impl Examined {
    /// Whether the policy or the rule applies.
    pub(crate) fn applies(&self) -> bool {
        self.findings.iter().all(|finding| finding.holds)
    }
}

/// What ids are called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Labels<'a>(pub(crate) &'a HashMap<String, String>);

/// More names than these are counted, not listed.
const LISTED: usize = 3;

impl Labels<'_> {
    pub(super) fn list(self, ids: &[String]) -> String {
        let name = |id: &String| format!("“{}”", self.0.get(id).unwrap_or(id));
        let listed: Vec<String> = ids.iter().take(LISTED).map(name).collect();
        let listed = listed.join(", ");
        match ids.len().saturating_sub(LISTED) {
            0 => listed,
            more => format!("{listed} and {more} more"),
        }
    }
}
