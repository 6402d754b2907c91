//! What the token endpoint does in a second: it exchanges codes, and it refreshes with rotation. Every answer is on the disk
//! before it is given, and carries two signatures.

use super::browser::{Browser, address_of};
use super::figure::{Figure, median};
use super::journey::{self, TOKEN};
use super::limits;
use super::load::{self, CONNECTIONS, Next};
use super::peer::Peer;
use super::plan::Plan;
use super::requests::{get, ticks_per_second};
use super::seed::{CLIENT_ID, CLIENT_SECRET};
use super::server::Server;
use super::starts::milliseconds;
use super::subject::Subject;
use super::url::{Url, encode_pairs};
use super::wire;
use anyhow::{Context, Result};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

/// A refresh token comes with these.
const SCOPE: &str = "openid profile offline_access";
/// Codes that are gathered for a second of exchanging; a code that stays unused costs nothing but the time to get it.
const CODES_A_SECOND: u64 = 1500;
/// Gathering ends where it takes longer: a code lives for a minute.
const GATHERING: Duration = Duration::from_secs(30);

/// Requests a second, requests in a second of the server's own processor time, milliseconds.
type Run = (f64, f64, f64);

/// What is asked of both providers.
const KINDS: [&str; 3] = ["code exchange", "refresh with rotation", DISCOVERY];
/// It is measured for the org with the other requests as well.
const DISCOVERY: &str = "discovery";

/// A provider that is asked for tokens.
struct Asked<'a> {
    server: &'a Server,
    url: &'a Url,
    discovery: load::Request,
}

/// Measures the org, and another provider after it, beside the signatures that the machine makes.
pub(super) fn measure(subject: &Subject, plan: &Plan) -> Result<Vec<Figure>> {
    let ticks = ticks_per_second()?;
    let signatures = limits::rsa_signatures_per_second()?;
    let ours = of_org(subject, plan, ticks)?;
    let theirs = of_peer(subject, plan, ticks)?;
    let figures = KINDS.into_iter().zip(ours.iter().zip(&theirs));
    Ok(figures
        .flat_map(|(name, (ours, theirs))| figures_of(name, ours, theirs, signatures))
        .collect())
}

fn of_org(subject: &Subject, plan: &Plan, ticks: f64) -> Result<[Vec<Run>; 3]> {
    let (server, _) = subject.start()?;
    server.pin(0)?;
    let org = &subject.org;
    let mut browser = journey::sign_in(&subject.app, 0)?;
    let asked = Asked {
        server: &server,
        url: org,
        discovery: get(org, "/.well-known/openid-configuration", None)?,
    };
    let runs = asked.runs(plan, ticks, |count| gather(&mut browser, org, count))?;
    server.stop()?;
    Ok(runs)
}

fn of_peer(subject: &Subject, plan: &Plan, ticks: f64) -> Result<[Vec<Run>; 3]> {
    let peer = Peer::start(subject.folder())?;
    peer.server.pin(0)?;
    let asked = Asked {
        server: &peer.server,
        url: &peer.url,
        discovery: peer.discovery()?,
    };
    asked.runs(plan, ticks, |count| peer.codes(count))
}

impl Asked<'_> {
    fn runs(
        &self,
        plan: &Plan,
        ticks: f64,
        mut codes: impl FnMut(usize) -> Result<VecDeque<String>>,
    ) -> Result<[Vec<Run>; 3]> {
        let url = self.url;
        let mut runs = [const { Vec::new() }; 3];
        let enough = usize::try_from(CODES_A_SECOND * plan.time.as_secs().max(1))?;
        for _ in 0..plan.runs {
            let unused = RefCell::new(codes(enough)?);
            runs[0].push(self.run(exchanging(url, &unused), plan.time, ticks)?);
            let tokens = tokens(codes(CONNECTIONS)?, url)?;
            runs[1].push(self.run(refreshing(url, tokens), plan.time, ticks)?);
            runs[2].push(self.run(load::same(&self.discovery), plan.time, ticks)?);
        }
        Ok(runs)
    }

    fn run(&self, asking: Vec<Next<'_>>, time: Duration, ticks: f64) -> Result<Run> {
        let before = self.server.cpu_seconds(ticks)?;
        let load = load::run_each(address_of(self.url)?, asking, time)?;
        let used = self.server.cpu_seconds(ticks)? - before;
        let requests = f64::from(load.requests);
        Ok((
            requests / load.time.as_secs_f64(),
            requests / used,
            milliseconds(load.p99),
        ))
    }
}

/// Codes for a browser that has a session at the org.
fn gather(browser: &mut Browser, org: &Url, wanted: usize) -> Result<VecDeque<String>> {
    let codes = RefCell::new(VecDeque::with_capacity(wanted));
    let ask = asking_for_code(
        org,
        &journey::authorize(SCOPE),
        &browser.cookie_header(org.host()),
    );
    let asking = |_| -> Next<'_> {
        Box::new(|answer: Option<&[u8]>| {
            if let Some(answer) = answer {
                codes.borrow_mut().push_back(code(org, answer)?);
            }
            Ok((codes.borrow().len() < wanted).then(|| ask.clone()))
        })
    };
    let asking = (0..CONNECTIONS).map(asking).collect();
    load::run_each(address_of(org)?, asking, GATHERING)?;
    Ok(codes.into_inner())
}

fn code(org: &Url, answer: &[u8]) -> Result<String> {
    load::check(answer, 302)?;
    let answer = wire::answer(answer)?.context("half an answer")?;
    let location = answer.headers("location").next().context("no address")?;
    journey::parameter(&org.join(location)?, "code").with_context(|| location.to_owned())
}

/// Connections that exchange one code after the other.
fn exchanging<'a>(org: &'a Url, codes: &'a RefCell<VecDeque<String>>) -> Vec<Next<'a>> {
    let asking = |_| -> Next<'a> {
        Box::new(|answer: Option<&[u8]>| {
            if let Some(answer) = answer {
                load::check(answer, 200)?;
            }
            let code = codes.borrow_mut().pop_front();
            Ok(code.map(|code| post(org, &journey::redemption(&code))))
        })
    };
    (0..CONNECTIONS).map(asking).collect()
}

/// A refresh token for each connection.
fn tokens(codes: VecDeque<String>, org: &Url) -> Result<Vec<String>> {
    let address = address_of(org)?;
    let codes = codes.into_iter().take(CONNECTIONS);
    codes.map(|code| first_token(org, address, &code)).collect()
}

fn first_token(org: &Url, address: SocketAddr, code: &str) -> Result<String> {
    let request = super::browser::request(&org.join(TOKEN)?, &[], Some(&journey::redemption(code)));
    journey::token(&super::browser::send(&request, address)?, "refresh_token")
}

/// Connections that each use the refresh token which the answer before brought.
fn refreshing(org: &Url, tokens: Vec<String>) -> Vec<Next<'_>> {
    let asking = |token: String| -> Next<'_> {
        let mut token = token;
        Box::new(move |answer: Option<&[u8]>| {
            if let Some(answer) = answer {
                load::check(answer, 200)?;
                let answer = wire::answer(answer)?.context("half an answer")?;
                token = journey::token(&answer, "refresh_token")?;
            }
            Ok(Some(post(org, &refresh(&token))))
        })
    };
    tokens.into_iter().map(asking).collect()
}

fn refresh(token: &str) -> String {
    encode_pairs([
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
    ])
}

fn asking_for_code(org: &Url, path: &str, cookies: &str) -> Vec<u8> {
    let host = &org.authority;
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nCookie: {cookies}\r\n\r\n")
        .into_bytes()
}

fn post(org: &Url, form: &str) -> Vec<u8> {
    let (host, length) = (&org.authority, form.len());
    format!(
        "POST {TOKEN} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\n\r\n{form}"
    )
    .into_bytes()
}

fn figures_of(name: &str, ours: &[Run], theirs: &[Run], signatures: Option<f64>) -> Vec<Figure> {
    let of = |runs: &[Run], part: fn(&Run) -> f64| median(runs.iter().map(part));
    let figure = |what: &str, value, unit| Figure::new(format!("{name}: {what}"), value, unit);
    let rate = |run: &Run| run.0;
    let (our_rate, their_rate) = (of(ours, rate), of(theirs, rate));
    let times = figure("times the requests of a peer", our_rate / their_rate, "x");
    let times = times.beside(their_rate, "/s by oidc-provider, in memory");
    if name == DISCOVERY {
        return vec![times];
    }
    let beside = |figure: Figure| match signatures {
        Some(limit) => figure.beside(limit, "RSA-2048 signatures, 1 core, of which it needs two"),
        None => figure,
    };
    let cpu = of(ours, |run| run.1);
    let p99 = format!("p99 of {CONNECTIONS} connections");
    let p99 = figure(&p99, of(ours, |run| run.2), "ms");
    vec![
        beside(figure("requests", our_rate, "/s")),
        beside(figure("requests per CPU-second", cpu, "/s")),
        p99.beside(of(theirs, |run| run.2), "oidc-provider"),
        times,
    ]
}
