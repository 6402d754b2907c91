//! `cargo xtask bench`: what the program costs, beside the upper limits of the machine.

mod browser;
mod campaign;
mod downloads;
mod figure;
mod form;
mod hang_up;
mod journey;
mod limits;
mod load;
mod peer;
mod plan;
mod requests;
mod scale;
mod seed;
pub(crate) mod server;
mod sign_ins;
mod starts;
mod subject;
mod tokens;
mod url;
mod wire;

use crate::environment::find_on_path;
use crate::{build, process};
use anyhow::{Context, Result, bail};
use figure::{Budget, Figure};
use plan::{Part, Plan};
use serde_json::json;
use std::path::Path;
use std::{fs, process as this};
use subject::{Folder, Subject};

/// The most that the hosted page may weigh in all, in kilobytes of brotli.
const HOSTED_PAGE_KB: f64 = 30.0;
/// The most that all code of a first visit may weigh, in kilobytes of brotli.
const FIRST_VISIT_KB: f64 = 70.0;

/// Builds, measures, prints; a missed budget is told and is no error, since a busy machine misses it as well.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let plan = Plan::parse(arguments)?;
    require_linux()?;
    if plan.program.is_none() {
        build::run()?;
    }
    if plan.parts.iter().any(|part| part.needs_upper_limits()) {
        limits::build()?;
    }
    let figures = measure(&plan)?;
    if let Some(path) = &plan.json {
        write_json(path, &figures)?;
    }
    println!("\n{}", verdict(&figures));
    Ok(())
}

fn verdict(figures: &[Figure]) -> String {
    let budgets = figures
        .iter()
        .filter(|figure| figure.budget.is_some())
        .count();
    let missed: Vec<&str> = figures
        .iter()
        .filter(|figure| !figure.is_within_budget())
        .map(|figure| figure.name.as_str())
        .collect();
    if missed.is_empty() {
        return format!("all {budgets} budgets met");
    }
    format!(
        "{} of {budgets} budgets missed: {}",
        missed.len(),
        missed.join("; ")
    )
}

fn measure(plan: &Plan) -> Result<Vec<Figure>> {
    let subject = Subject::new(Folder::new()?, plan)?;
    let mut figures = Vec::new();
    for part in &plan.parts {
        if part.is_load() && find_on_path("taskset").is_some() {
            // The generator of the load has a core of its own.
            server::pin(this::id(), 1)?;
        }
        let what = part.title();
        println!("{what} …");
        let measured = measure_part(*part, &subject, plan)
            .with_context(|| format!("while measuring: {what}"))?;
        // At once: a later part that fails takes nothing with it.
        for figure in &measured {
            println!("{}", figure.line());
        }
        figures.extend(measured);
    }
    Ok(figures)
}

fn measure_part(part: Part, subject: &Subject, plan: &Plan) -> Result<Vec<Figure>> {
    match part {
        Part::Starts => starts::measure(subject, plan),
        Part::Campaign => campaign::measure(plan),
        Part::Requests => requests::measure(subject, plan),
        Part::Tokens => tokens::measure(subject, plan),
        Part::SignIns => sign_ins::measure(subject, plan),
        Part::Scale => scale::measure(plan),
        Part::Downloads => downloads(subject),
    }
}

fn downloads(subject: &Subject) -> Result<Vec<Figure>> {
    let (_server, _) = subject.start()?;
    let visit = downloads::first_visit(&subject.app)?;
    let hosted = downloads::hosted_page(&subject.app)?;
    let mut figures = Vec::new();
    for (name, size) in [
        ("wasm", visit.wasm),
        ("js", visit.script),
        ("css", visit.style),
        ("html", visit.html),
    ] {
        figures.push(Figure::new(
            format!("first visit: {name}, raw"),
            kilobytes(size.raw),
            "kB",
        ));
        figures.push(Figure::new(
            format!("first visit: {name}, brotli"),
            kilobytes(size.brotli),
            "kB",
        ));
    }
    let code = Figure::new(
        "first visit: all code, brotli",
        kilobytes(visit.code()),
        "kB",
    );
    figures.push(code.within(Budget::AtMost(FIRST_VISIT_KB)));
    figures.push(Figure::new(
        "hosted page in all, raw",
        kilobytes(hosted.raw),
        "kB",
    ));
    let hosted = Figure::new("hosted page in all, brotli", kilobytes(hosted.brotli), "kB");
    figures.push(hosted.within(Budget::AtMost(HOSTED_PAGE_KB)));
    Ok(figures)
}

#[expect(clippy::cast_precision_loss, reason = "no page comes near 2^52 bytes")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

fn write_json(path: &Path, figures: &[Figure]) -> Result<()> {
    let commit = process::read(crate::workspace::command("git").args(["rev-parse", "HEAD"]))
        .unwrap_or_default();
    let figures: Vec<_> = figures.iter().map(Figure::json).collect();
    let text =
        serde_json::to_string_pretty(&json!({ "commit": commit.trim(), "figures": figures }))?;
    fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))
}

fn require_linux() -> Result<()> {
    if cfg!(target_os = "linux") {
        return Ok(());
    }
    bail!("the bench reads /proc: run it on Linux");
}
