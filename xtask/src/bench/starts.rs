//! From nothing to the first answer.

use super::figure::{Budget, Figure, median};
use super::limits::BareAxum;
use super::plan::Plan;
use super::server::Server;
use super::subject::Subject;
use anyhow::Result;
use std::thread;
use std::time::Duration;

/// The longest start, of app and org together, in milliseconds.
const START_MS: f64 = 50.0;
/// The most memory at rest, of app and org together, in MiB.
const REST_MIB: f64 = 30.0;
/// After this a server has done what it does when it starts.
const SETTLE: Duration = Duration::from_secs(1);

/// Measures starts on a data directory that is there already, and memory at rest.
pub(super) fn measure(subject: &Subject, plan: &Plan) -> Result<Vec<Figure>> {
    let bare = BareAxum::new(subject.folder())?;
    let (first, first_time) = subject.start()?;
    first.stop()?;
    let (time, memory) = several(plan, || subject.start())?;
    let (bare_time, bare_memory) = several(plan, || bare.start())?;
    let start =
        Figure::new("start to first 200, app and org", time, "ms").beside(bare_time, "bare axum");
    let rest = Figure::new("resident at rest, app and org", memory, "MiB")
        .beside(bare_memory, "bare axum");
    Ok(vec![
        Figure::new(
            "first start ever (keys, passwords)",
            milliseconds(first_time),
            "ms",
        ),
        start.within(Budget::AtMost(START_MS)),
        rest.within(Budget::AtMost(REST_MIB)),
    ])
}

/// The medians of start in milliseconds and memory in MiB.
fn several(plan: &Plan, start: impl Fn() -> Result<(Server, Duration)>) -> Result<(f64, f64)> {
    let mut times = Vec::new();
    let mut memory = Vec::new();
    for _ in 0..plan.runs {
        let (server, time) = start()?;
        thread::sleep(SETTLE);
        times.push(milliseconds(time));
        memory.push(server.resident()?);
        server.stop()?;
    }
    Ok((median(times), median(memory)))
}

pub(super) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
