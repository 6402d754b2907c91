//! Proving that the org keeps what the guide promises: by reading it, by asking it what its policies say of a person, and by
//! beginning to sign in.

mod policies;
mod sign_in;
mod simulation;

use serde::Serialize;

use crate::walk::{Action, Guide, Visit};
use crate::{Case, Fault, StepReport, steps};

/// A sentence, and whether the org keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Promise {
    /// The sentence.
    pub promise: String,
    /// Whether it holds.
    pub kept: bool,
    /// What is otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Promise {
    pub(crate) fn kept(promise: impl Into<String>) -> Self {
        Self {
            promise: promise.into(),
            kept: true,
            reason: None,
        }
    }

    pub(crate) fn broken(promise: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            promise: promise.into(),
            kept: false,
            reason: Some(reason.into()),
        }
    }

    /// Kept when there is nothing against it.
    pub(crate) fn of(promise: impl Into<String>, reason: Option<String>) -> Self {
        match reason {
            None => Self::kept(promise),
            Some(reason) => Self::broken(promise, reason),
        }
    }
}

/// Every promise of the chosen use cases. Writes nothing.
///
/// With `signs_in`, it begins to sign in as John Doe as well; the org may send him an email.
pub async fn verify(guide: &Guide, signs_in: bool) -> Result<Vec<Promise>, Fault> {
    let mut promises = Vec::new();
    for step in steps(&guide.cases) {
        match step.check(guide).await {
            Ok(report) => promises.extend(of_report(&report)),
            Err(Fault::Unexpected(reason)) => promises.push(Promise::broken(step.name, reason)),
            Err(fault) => return Err(fault),
        }
    }
    if guide.cases.iter().any(|case| case != Case::Base) {
        promises.extend(policies::promises(guide).await?);
    }
    if signs_in {
        promises.extend(sign_in::promises(guide).await?);
    }
    Ok(promises)
}

fn of_report(report: &StepReport) -> impl Iterator<Item = Promise> {
    let readable = report
        .objects
        .iter()
        .filter(|visit| visit.action != Action::Manual);
    readable.map(|visit| Promise::of(&*visit.promise, against(visit)))
}

fn against(visit: &Visit) -> Option<String> {
    match visit.action {
        Action::Unchanged | Action::Manual => None,
        Action::Create | Action::Change if visit.found.is_none() => {
            Some(format!("the {} {:?} is missing", visit.kind, visit.name))
        }
        Action::Create | Action::Change => {
            let fields = visit.fields.iter();
            let fields = fields
                .map(|field| format!("{} is {}, not {}", field.path, field.before, field.after));
            Some(fields.collect::<Vec<_>>().join("; "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_kept_when_nothing_is_against_it() {
        assert!(Promise::of("Water is wet.", None).kept);
        let broken = Promise::of("Water is wet.", Some("it is ice".to_owned()));
        assert_eq!(broken, Promise::broken("Water is wet.", "it is ice"));
    }
}
