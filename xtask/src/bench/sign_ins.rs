//! Whole sign-ins: app, org, hosted page, password, code, tokens, session.

use super::figure::{Figure, median};
use super::journey;
use super::limits;
use super::plan::Plan;
use super::seed::USERS;
use super::subject::Subject;
use super::url::Url;
use crate::stopwatch::Stopwatch;
use anyhow::{Result, anyhow};
use std::thread;
use std::time::Duration;

/// Measures sign-ins with the password hashing of production.
pub(super) fn measure(subject: &Subject, plan: &Plan) -> Result<Vec<Figure>> {
    let hashes = median(
        (0..plan.runs)
            .map(|_| limits::argon2_per_second())
            .collect::<Result<Vec<_>>>()?,
    );
    let signatures = limits::rsa_signatures_per_second()?;
    let (server, _) = subject.start()?;
    server.pin(0)?;
    let rates = (0..plan.runs)
        .map(|_| rate(&subject.app, plan.time))
        .collect::<Result<Vec<_>>>()?;
    server.stop()?;
    let sign_ins =
        Figure::new("full sign-ins", median(rates), "/s").beside(hashes, "Argon2id hashes, 1 core");
    let hashing = Figure::new(
        "one Argon2id hash (19 MiB, t=2, p=1)",
        1000.0 / hashes,
        "ms",
    );
    let signing = signatures.map(|rate| Figure::new("RSA-2048 signatures, openssl", rate, "/s"));
    Ok([Some(sign_ins), Some(hashing), signing]
        .into_iter()
        .flatten()
        .collect())
}

/// Sign-ins in a second, with as many people at once as the seed has.
fn rate(app: &Url, time: Duration) -> Result<f64> {
    let stopwatch = Stopwatch::start();
    let counts = thread::scope(|scope| {
        let people: Vec<_> = (0..USERS)
            .map(|user| scope.spawn(move || sign_in_until(app, user, stopwatch, time)))
            .collect();
        let join = |person: thread::ScopedJoinHandle<'_, Result<u32>>| {
            person
                .join()
                .map_err(|_| anyhow!("a person's thread panicked"))?
        };
        people.into_iter().map(join).sum::<Result<u32>>()
    })?;
    Ok(f64::from(counts) / stopwatch.elapsed().as_secs_f64())
}

fn sign_in_until(app: &Url, user: usize, stopwatch: Stopwatch, time: Duration) -> Result<u32> {
    let mut count = 0;
    while stopwatch.elapsed() < time {
        journey::sign_in(app, user)?;
        count += 1;
    }
    Ok(count)
}
