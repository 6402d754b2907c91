//! Steps one after the other, and what came of them.

use crate::stopwatch::{Stopwatch, in_words};
use anyhow::{Result, bail};
use std::time::Duration;

/// What happened so far.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    steps: Vec<Step>,
    tests: Tests,
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    passed: bool,
    time: Duration,
}

/// How many tests ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tests {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Tests {
    /// Adds what a line of `cargo test` or Playwright tells, such as `test result: ok. 3 passed; 0 failed; 1 ignored` or `  2 passed (4.1s)`.
    pub(crate) fn count(&mut self, line: &str) {
        let line = line.trim();
        let is_playwright =
            line.starts_with(|c: char| c.is_ascii_digit()) && line.split(' ').count() <= 3;
        let Some(told) = line
            .strip_prefix("test result: ")
            .or(is_playwright.then_some(line))
        else {
            return;
        };
        let words: Vec<&str> = told
            .split([' ', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            let Ok(number) = pair[0].parse::<u32>() else {
                continue;
            };
            match pair[1] {
                "passed" | "flaky" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" | "skipped" => self.skipped += number,
                _ => {}
            }
        }
    }
}

impl Summary {
    /// Runs one step, whatever became of those before it; says whether it passed.
    pub(crate) fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<()>) -> bool {
        println!("\n== {name}");
        let stopwatch = Stopwatch::start();
        let result = run();
        if let Err(error) = &result {
            eprintln!("{error:#}");
        }
        let passed = result.is_ok();
        self.steps.push(Step {
            name,
            passed,
            time: stopwatch.elapsed(),
        });
        passed
    }

    /// As [`Summary::step`], for a step that counts its tests.
    pub(crate) fn tests(
        &mut self,
        name: &'static str,
        run: impl FnOnce(&mut Tests) -> Result<()>,
    ) -> bool {
        let mut tests = self.tests;
        let passed = self.step(name, || run(&mut tests));
        self.tests = tests;
        passed
    }

    /// Prints the table; fails when a step failed.
    pub(crate) fn finish(self) -> Result<()> {
        println!();
        for step in &self.steps {
            let verdict = if step.passed { "passed" } else { "FAILED" };
            println!("{:<28} {verdict} {:>14}", step.name, in_words(step.time));
        }
        let failed: Vec<&str> = self
            .steps
            .iter()
            .filter(|step| !step.passed)
            .map(|step| step.name)
            .collect();
        if self.tests != Tests::default() {
            println!(
                "\n{} passed, {} failed, {} skipped",
                self.tests.passed, self.tests.failed, self.tests.skipped
            );
        }
        if failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", failed.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(output: &str) -> Tests {
        let mut tests = Tests::default();
        output.lines().for_each(|line| tests.count(line));
        tests
    }

    #[test]
    fn the_results_of_all_test_binaries_add_up() {
        let output = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 5 filtered out; finished in 0.01s\n\
                      test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s\n";
        assert_eq!(
            counted(output),
            Tests {
                passed: 5,
                failed: 1,
                skipped: 1
            }
        );
    }

    #[test]
    fn the_closing_lines_of_playwright_are_counted_and_its_list_is_not() {
        let output = "  1 [chromium] › sign-in.spec.ts:3:1 › 7 passed cards are shown\n  1 failed\n  2 skipped\n  30 passed (12.4s)\n";
        assert_eq!(
            counted(output),
            Tests {
                passed: 30,
                failed: 1,
                skipped: 2
            }
        );
    }

    #[test]
    fn one_failed_step_fails_the_whole() {
        let mut summary = Summary::default();
        assert!(!summary.step("first", || bail!("no")));
        assert!(summary.step("second", || Ok(())));
        assert_eq!(summary.finish().unwrap_err().to_string(), "failed: first");
    }
}
