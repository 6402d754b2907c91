//! Checks answers of the local org against the schemas of `OpenAPI` documents: `spec-check ANSWERS.jsonl SPEC.yaml…`.
//!
//! The answers are what the tests of the API wrote down. Its own binary, so that the commands themselves compile in seconds.

mod known;
mod schema;
mod spec;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use spec::Spec;

/// An answer as a test wrote it down.
#[derive(Debug, Deserialize)]
struct Answer {
    method: String,
    path: String,
    status: u16,
    body: Value,
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every answer fits.
fn run() -> Result<bool> {
    let mut arguments = std::env::args().skip(1);
    let Some(answers) = arguments.next() else {
        bail!("expected a file of answers and OpenAPI documents");
    };
    let text =
        std::fs::read_to_string(&answers).with_context(|| format!("{answers} cannot be read"))?;
    let mut specs = Vec::new();
    for file in arguments {
        specs.push(Spec::read(&file)?);
    }
    let mut report = Report::default();
    for line in text.lines() {
        let answer: Answer = serde_json::from_str(line).context("an answer that is not JSON")?;
        report.check(&mut specs, &answer)?;
    }
    report.print();
    Ok(report.misfits.is_empty())
}

/// What came of it.
#[derive(Default)]
struct Report {
    checked: usize,
    operations: BTreeSet<String>,
    /// Answers with a status that the document has no schema for.
    undescribed: BTreeMap<String, usize>,
    /// What does not fit, with how often.
    misfits: BTreeMap<String, usize>,
    /// What does not fit because the document is not right.
    known: BTreeMap<String, usize>,
}

impl Report {
    fn check(&mut self, specs: &mut [Spec], answer: &Answer) -> Result<()> {
        let found = specs.iter_mut().find_map(|spec| {
            let operation = spec.operation(&answer.method, &answer.path)?;
            Some((spec, operation))
        });
        let Some((spec, operation)) = found else {
            return Ok(());
        };
        let name = format!("{} {}", operation.id, answer.status);
        match spec.errors(&operation, answer.status, &answer.body)? {
            None => *self.undescribed.entry(name).or_default() += 1,
            Some(errors) => {
                self.checked += 1;
                self.operations.insert(operation.id);
                for error in errors {
                    let text = format!("{name}: {error}");
                    let list = match known::reason(&text) {
                        Some(reason) => self.known.entry(format!("{text}; {reason}")),
                        None => self.misfits.entry(text),
                    };
                    *list.or_default() += 1;
                }
            }
        }
        Ok(())
    }

    fn print(&self) {
        for (misfit, times) in &self.misfits {
            println!("{misfit} ({times}x)");
        }
        for (misfit, times) in &self.known {
            println!("known: {misfit} ({times}x)");
        }
        for (answer, times) in &self.undescribed {
            println!("no schema: {answer} ({times}x)");
        }
        println!(
            "{} answers of {} operations checked, {} misfits, {} where the document is known to be wrong",
            self.checked,
            self.operations.len(),
            self.misfits.len(),
            self.known.len()
        );
    }
}
