use std::fmt::{Display, Formatter};

use serde::Serialize;

use crate::Facts;

/// How bad something is. The order is that of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Broken, or open to an attack that the specifications name.
    Error,
    /// Against a recommendation: there should be a reason for it.
    Warning,
    /// Worth knowing; nothing has to be done.
    Note,
}

impl Display for Severity {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// What a check is about, for the order and the headings of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Area {
    /// The org's public documents and endpoints.
    Org,
    /// A sign-in, as far as its first page.
    Flow,
    /// The app's settings and files.
    App,
    /// What the running app answers.
    Site,
    /// The app's registration in the org.
    Registration,
    /// The custom authorization server.
    Server,
    /// Policies for the app's users.
    Policy,
    /// Administrators, API tokens, trusted origins.
    Admin,
}

impl Area {
    /// The heading in reports and documents.
    pub fn title(self) -> &'static str {
        match self {
            Self::Org => "The org, as everybody sees it",
            Self::Flow => "Signing in",
            Self::App => "The app's settings",
            Self::Site => "The running app",
            Self::Registration => "The app's registration",
            Self::Server => "The authorization server",
            Self::Policy => "Policies",
            Self::Admin => "Administration",
        }
    }
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// How bad it is.
    pub severity: Severity,
    /// What was found, with the value. Never a secret.
    pub cause: String,
    /// One sentence: what to do, with the command or the place.
    pub remedy: String,
}

impl Flaw {
    pub(crate) fn error(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::of(Severity::Error, cause, remedy)
    }

    pub(crate) fn warning(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::of(Severity::Warning, cause, remedy)
    }

    pub(crate) fn note(cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::of(Severity::Note, cause, remedy)
    }

    pub(crate) fn of(
        severity: Severity,
        cause: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            cause: cause.into(),
            remedy: remedy.into(),
        }
    }
}

/// Why a check has no verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// A fact is missing: that is not a pass.
    NotChecked(String),
    /// What the check is about does not exist here.
    DoesNotApply(&'static str),
}

impl Skip {
    pub(crate) fn not_checked(reason: impl Into<String>) -> Self {
        Self::NotChecked(reason.into())
    }
}

/// What a check says: nothing found is a pass.
pub type Verdict = Result<Vec<Flaw>, Skip>;

/// One check.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The name that never changes, for `--skip` and for searching.
    pub id: &'static str,
    /// What it is about.
    pub area: Area,
    /// The sentence that is true when it passes.
    pub promise: &'static str,
    /// The worst that it finds.
    pub worst: Severity,
    /// Where that is written.
    pub source: &'static str,
    /// The judgement.
    pub judge: fn(&Facts) -> Verdict,
}

/// At most one flaw.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the last word of a check, which is a verdict"
)]
pub(crate) fn when(is_wrong: bool, flaw: impl FnOnce() -> Flaw) -> Verdict {
    Ok(is_wrong.then(flaw).into_iter().collect())
}
