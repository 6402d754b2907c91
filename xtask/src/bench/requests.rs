//! How many requests the program answers, on one core, and what is left in memory.

use super::figure::{Budget, Figure, median};
use super::hang_up;
use super::journey;
use super::limits::BareAxum;
use super::load::{self, Request};
use super::plan::Plan;
use super::server::Server;
use super::starts::milliseconds;
use super::subject::Subject;
use super::url::Url;
use crate::environment::find_on_path;
use crate::process;
use crate::workspace::command;
use anyhow::{Context, Result};
use std::time::Duration;

/// A signed-in page costs at most this many times the processor time of a bare axum.
const PROFILE_TIMES_BARE: f64 = 25.0;
/// Rounds of clients that hang up.
const HANG_UPS: usize = 3;
/// Lets connections, caches and the processor's clock settle.
const WARM_UP: Duration = Duration::from_millis(500);

/// What one kind of request costs: medians of several runs.
#[derive(Clone, Copy, Debug)]
struct Cost {
    per_second: f64,
    /// Requests in one second of the server's own processor time, whatever the generator does meanwhile.
    per_cpu_second: f64,
    p99: f64,
}

/// Measures every kind of request that people wait for.
pub(super) fn measure(subject: &Subject, plan: &Plan) -> Result<Vec<Figure>> {
    let ticks = ticks_per_second()?;
    let bare = BareAxum::new(subject.folder())?;
    let (bare_server, _) = pinned(bare.start()?)?;
    let limit = cost(&bare_server, &bare.request(), plan, ticks)?;
    let bare_memory = bare_server.resident()?;
    bare_server.stop()?;

    let (server, _) = pinned(subject.start()?)?;
    let mut figures = Vec::new();
    for (name, request) in requests(subject)? {
        let cost = cost(&server, &request, plan, ticks).with_context(|| format!("with {name}"))?;
        figures.extend(figures_of(name, cost, limit));
    }
    let loaded = Figure::new("resident after load", server.resident()?, "MiB");
    figures.push(loaded.beside(bare_memory, "bare axum"));
    let home = get(&subject.app, "/", None)?;
    (0..HANG_UPS).try_for_each(|_| hang_up::round(&home))?;
    let name = format!(
        "resident after {} clients that hung up",
        HANG_UPS * hang_up::REQUESTS
    );
    figures.push(Figure::new(name, server.resident()?, "MiB"));
    server.stop()?;
    Ok(figures)
}

/// The requests, those of a signed-in person with what that person's browser holds.
fn requests(subject: &Subject) -> Result<Vec<(&'static str, Request)>> {
    let (app, org) = (&subject.app, &subject.org);
    let mut browser = journey::sign_in(app, 0)?;
    let cookies = browser.cookie_header(app.host());
    let bearer = format!("Bearer {}", journey::access_token(&mut browser, org)?);
    Ok(vec![
        ("`/`", get(app, "/", None)?),
        (
            "`/profile`, signed in",
            get(app, "/profile", Some(("Cookie", &cookies)))?,
        ),
        (
            "session check",
            Request::post(
                super::browser::address_of(app)?,
                &app.authority,
                "/api/session/stay",
                &cookies,
            ),
        ),
        (
            "discovery",
            get(org, "/.well-known/openid-configuration", None)?,
        ),
        ("keys", get(org, "/oauth2/v1/keys", None)?),
        (
            "userinfo",
            get(org, "/oauth2/v1/userinfo", Some(("Authorization", &bearer)))?,
        ),
    ])
}

pub(super) fn get(at: &Url, path: &str, header: Option<(&str, &str)>) -> Result<Request> {
    Ok(Request::get(
        super::browser::address_of(at)?,
        &at.authority,
        path,
        header,
    ))
}

fn cost(server: &Server, request: &Request, plan: &Plan, ticks: f64) -> Result<Cost> {
    load::run(request, WARM_UP)?;
    let mut runs = Vec::new();
    for _ in 0..plan.runs {
        let before = server.cpu_seconds(ticks)?;
        let load = load::run(request, plan.time)?;
        let used = server.cpu_seconds(ticks)? - before;
        let requests = f64::from(load.requests);
        runs.push((
            requests / load.time.as_secs_f64(),
            requests / used,
            milliseconds(load.p99),
        ));
    }
    Ok(Cost {
        per_second: median(runs.iter().map(|run| run.0)),
        per_cpu_second: median(runs.iter().map(|run| run.1)),
        p99: median(runs.iter().map(|run| run.2)),
    })
}

fn figures_of(name: &str, cost: Cost, limit: Cost) -> [Figure; 3] {
    let rate = Figure::new(format!("{name}: requests"), cost.per_second, "/s");
    let p99 = Figure::new(
        format!("{name}: p99 of {} connections", load::CONNECTIONS),
        cost.p99,
        "ms",
    );
    let mut cpu = Figure::new(
        format!("{name}: requests per CPU-second"),
        cost.per_cpu_second,
        "/s",
    );
    if name.starts_with("`/profile`") {
        cpu = cpu.within(Budget::AtLeast(limit.per_cpu_second / PROFILE_TIMES_BARE));
    }
    [
        rate.beside(limit.per_second, "bare axum"),
        p99.beside(limit.p99, "bare axum"),
        cpu.beside(limit.per_cpu_second, "bare axum"),
    ]
}

/// Gives the server a core of its own, where the system can.
fn pinned(started: (Server, Duration)) -> Result<(Server, Duration)> {
    if find_on_path("taskset").is_some() {
        started.0.pin(0)?;
    }
    Ok(started)
}

/// What the system counts processor time in.
pub(super) fn ticks_per_second() -> Result<f64> {
    let printed = process::read(command("getconf").arg("CLK_TCK"))?;
    printed
        .trim()
        .parse()
        .context("getconf CLK_TCK printed no number")
}
