use crate::{Facts, Finding, Report, Severity, State};

const BOLD: &str = "1";
const RED: &str = "31";
const YELLOW: &str = "33";
const BLUE: &str = "36";
const GREEN: &str = "32";
const DIM: &str = "2";

/// A report for people: the worst first, and one line at the end that sums it up.
pub(crate) fn text(facts: &Facts, report: &Report, colours: bool, verbose: bool) -> String {
    let paint = |code: &str, text: &str| {
        if colours {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    };
    let title = format!("doctor: {}, issuer {}", facts.place.origin, facts.issuer);
    let mut lines = vec![paint(BOLD, &title)];
    let (mut last_title, mut last_reason) = ("", "");
    for finding in &report.findings {
        let Some((title, colour)) = heading(finding, verbose) else {
            continue;
        };
        if title != last_title {
            lines.push(String::new());
            lines.push(paint(BOLD, title));
            (last_title, last_reason) = (title, "");
        }
        // Many checks lack the same fact, which is told once.
        match reason(finding) {
            Some(reason) if reason == last_reason => {}
            Some(reason) => {
                lines.push(format!("  {reason}"));
                last_reason = reason;
            }
            None => {}
        }
        lines.extend(entry(finding, |text| paint(colour, text)));
    }
    lines.push(String::new());
    lines.push(paint(BOLD, &summary(report)));
    lines.join("\n") + "\n"
}

/// The group of a finding; none when it is not shown.
fn heading(finding: &Finding, verbose: bool) -> Option<(&'static str, &'static str)> {
    match (&finding.state, finding.severity()) {
        (_, Some(Severity::Error)) => Some(("Errors", RED)),
        (_, Some(Severity::Warning)) => Some(("Warnings", YELLOW)),
        (_, Some(Severity::Note)) => Some(("Notes", BLUE)),
        (State::NotChecked { .. }, None) => Some(("Not checked", DIM)),
        (State::Pass, None) if verbose => Some(("Fine", GREEN)),
        (State::DoesNotApply { .. }, None) if verbose => Some(("Does not apply", DIM)),
        _ => None,
    }
}

/// Why there is no verdict.
fn reason(finding: &Finding) -> Option<&str> {
    match &finding.state {
        State::NotChecked { reason } | State::DoesNotApply { reason } => Some(reason),
        State::Found { .. } | State::Pass => None,
    }
}

fn entry(finding: &Finding, paint: impl Fn(&str) -> String) -> Vec<String> {
    let check = finding.check;
    let id = paint(check.id);
    match &finding.state {
        State::Found { cause, remedy, .. } => vec![
            format!("  {id}  {cause}"),
            format!("      {remedy}"),
            format!("      ({})", check.source),
        ],
        State::NotChecked { .. } | State::DoesNotApply { .. } => {
            vec![format!("      {id}  {}", check.promise)]
        }
        State::Pass => vec![format!("  {id}  {}", check.promise)],
    }
}

fn summary(report: &Report) -> String {
    let count = |severity, one: &str| match report.count(severity) {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let incomplete = match report.not_checked() {
        0 => String::new(),
        many => format!(", {many} not checked"),
    };
    format!(
        "Grade {:?}: {}, {}, {}, {} fine{incomplete}.",
        report.grade(),
        count(Severity::Error, "error"),
        count(Severity::Warning, "warning"),
        count(Severity::Note, "note"),
        report.passed(),
    )
}
