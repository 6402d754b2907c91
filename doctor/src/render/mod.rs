//! What the program says: for people, as JSON, and as the list of checks in the documentation.

mod document;
mod lines;

use serde_json::json;

pub use document::catalogue;
pub(crate) use lines::text;

use crate::{Facts, Report, Severity};

/// One JSON document.
pub(crate) fn json(facts: &Facts, report: &Report) -> String {
    let findings: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let check = finding.check;
            json!({
                "id": check.id, "area": check.area, "promise": check.promise, "source": check.source,
                "result": finding.state,
            })
        })
        .collect();
    let document = json!({
        "command": "doctor",
        "target": facts.place.origin,
        "issuer": facts.issuer,
        "grade": report.grade(),
        "summary": {
            "errors": report.count(Severity::Error),
            "warnings": report.count(Severity::Warning),
            "notes": report.count(Severity::Note),
            "notChecked": report.not_checked(),
            "passed": report.passed(),
        },
        "findings": findings,
    });
    format!("{document}\n")
}
