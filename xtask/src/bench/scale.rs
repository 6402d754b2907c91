//! An org with many people: how long a page of a search takes, a start, and how much memory it needs.

use super::browser::send;
use super::figure::{Budget, Figure};
use super::plan::Plan;
use super::seed::many;
use super::server::Server;
use super::starts::milliseconds;
use super::subject::{Folder, Subject};
use super::url::Url;
use super::wire::Answer;
use crate::stopwatch::Stopwatch;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::net::SocketAddr;

pub(super) const USERS: usize = 100_000;
pub(super) const GROUPS: usize = 1_000;
/// The slowest of a hundred pages of any search, in milliseconds.
const PAGE_MS: f64 = 50.0;
/// The longest start, in milliseconds.
const START_MS: f64 = 2_000.0;
/// The most memory after all of it: the same as of an org with four people, and what SQLite keeps of its pages.
const REST_MIB: f64 = 60.0;

/// What is asked for: each page differs by the number in it.
const SEARCHES: [(&str, &str); 13] = [
    (
        "by last name",
        "/api/v1/users?search=profile.lastName%20eq%20%22Number%20{}%22",
    ),
    (
        "by the beginning of the first name",
        "/api/v1/users?search=profile.firstName%20sw%20%22Person{}%22&limit=200",
    ),
    (
        "by login",
        "/api/v1/users?filter=profile.login%20eq%20%22person.{}%40example.com%22",
    ),
    ("by what they are called", "/api/v1/users?q=person{}"),
    (
        "sorted by last name",
        "/api/v1/users?search=status%20eq%20%22ACTIVE%22&sortBy=profile.lastName&sortOrder=desc&limit=200",
    ),
    ("all, a page of two hundred", "/api/v1/users?limit=200"),
    (
        "by a part of the last name that nobody has",
        "/api/v1/users?search=profile.lastName%20co%20%22none%20{}%22",
    ),
    (
        "by the end of the address",
        "/api/v1/users?search=profile.email%20ew%20%22n.{}%40example.com%22",
    ),
    (
        "by parts of two names that nobody has",
        "/api/v1/users?search=profile.lastName%20co%20%22none%20{}%22%20or%20profile.firstName%20co%20%22none%20{}%22",
    ),
    (
        "by department, without an index",
        "/api/v1/users?search=profile.department%20eq%20%22none%20{}%22",
    ),
    (
        "sorted by department, without an index",
        "/api/v1/users?search=status%20eq%20%22ACTIVE%22&sortBy=profile.department",
    ),
    ("groups by name", "/api/v1/groups?q=Group%20{}"),
    ("one user", "/api/v1/users/person.{}%40example.com"),
];

/// Measures an org of its own.
pub(super) fn measure(plan: &Plan) -> Result<Vec<Figure>> {
    let subject = Subject::with_seed(Folder::named("scale")?, plan, &many(USERS, GROUPS))?;
    let (first, _) = subject.start()?;
    first.stop()?;
    let (server, start) = subject.start()?;
    let api = Api::new(&subject)?;
    let mut figures = vec![
        Figure::new("start with 100,000 users", milliseconds(start), "ms")
            .within(Budget::AtMost(START_MS)),
    ];
    let pages = 100 * plan.runs.min(2);
    for (name, path) in SEARCHES {
        let slowest = api.slowest(path, pages)?;
        let figure = Figure::new(
            format!("search of 100,000 users {name}, p99"),
            slowest,
            "ms",
        );
        figures.push(figure.within(Budget::AtMost(PAGE_MS)));
    }
    figures.push(rest(&server)?);
    server.stop()?;
    Ok(figures)
}

fn rest(server: &Server) -> Result<Figure> {
    let figure = Figure::new(
        "resident after the searches of 100,000 users",
        server.resident()?,
        "MiB",
    );
    Ok(figure.within(Budget::AtMost(REST_MIB)))
}

/// An administrator with an API token.
struct Api {
    address: SocketAddr,
    host: String,
    token: String,
}

impl Api {
    fn new(subject: &Subject) -> Result<Self> {
        let Url { authority, .. } = &subject.org;
        let address = subject.org_address();
        let request = format!(
            "POST /dev/api-token HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: 2\r\n\r\n{{}}"
        );
        let answer = send(&request, address)?;
        let made: Value = serde_json::from_str(&answer.text()).context("no API token")?;
        let token = made["token"].as_str().context("no API token")?.to_owned();
        Ok(Self {
            address,
            host: authority.clone(),
            token,
        })
    }

    fn get(&self, path: &str) -> Result<Answer> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: SSWS {}\r\n\r\n",
            self.host, self.token
        );
        let answer = send(&request, self.address)?;
        if answer.status != 200 {
            bail!("{path}: {} {}", answer.status, answer.text());
        }
        Ok(answer)
    }

    /// The time of the page that only one in a hundred exceeds, in milliseconds.
    fn slowest(&self, path: &str, pages: usize) -> Result<f64> {
        let mut times = Vec::new();
        for page in 0..pages {
            let number = (page * 7919) % USERS;
            let path = path.replace("{}", &number.to_string());
            let stopwatch = Stopwatch::start();
            self.get(&path)?;
            times.push(milliseconds(stopwatch.elapsed()));
        }
        times.sort_by(f64::total_cmp);
        Ok(times[(times.len() * 99 / 100).min(times.len() - 1)])
    }
}
