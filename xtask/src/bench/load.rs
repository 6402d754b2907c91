//! Many connections that ask for the same page, each as soon as it has the answer before.

use super::wire;
use crate::stopwatch::Stopwatch;
use anyhow::{Context, Result, bail};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// How many connections are open at once.
pub(super) const CONNECTIONS: usize = 64;

/// What to ask, and what the answer must be.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) address: SocketAddr,
    pub(super) bytes: Vec<u8>,
    pub(super) status: u16,
}

impl Request {
    /// A POST of a form from the app's own pages, that must be answered with 204.
    pub(super) fn post(address: SocketAddr, host: &str, path: &str, cookies: &str) -> Request {
        let bytes = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nCookie: {cookies}\r\n\r\n"
        )
        .into_bytes();
        Request {
            address,
            bytes,
            status: 204,
        }
    }

    /// A GET that must be answered with 200.
    pub(super) fn get(
        address: SocketAddr,
        host: &str,
        path: &str,
        header: Option<(&str, &str)>,
    ) -> Request {
        let more = header
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .unwrap_or_default();
        let bytes = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n{more}\r\n")
            .into_bytes();
        Request {
            address,
            bytes,
            status: 200,
        }
    }
}

/// What one run of the load found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    pub(super) requests: u32,
    pub(super) time: Duration,
    /// The time under which 99 of 100 answers came.
    pub(super) p99: Duration,
}

/// What a connection asks first, and after each whole answer; nothing when it has nothing left to ask.
pub(super) type Next<'a> = Box<dyn FnMut(Option<&[u8]>) -> Result<Option<Vec<u8>>> + 'a>;

/// Keeps all connections busy with the same request for `time`.
pub(super) fn run(request: &Request, time: Duration) -> Result<Load> {
    run_each(request.address, same(request), time)
}

/// Connections that all ask for the same again and again.
pub(super) fn same(request: &Request) -> Vec<Next<'_>> {
    let same = |_| -> Next<'_> {
        Box::new(|answer: Option<&[u8]>| {
            if let Some(answer) = answer {
                check(answer, request.status)?;
            }
            Ok(Some(request.bytes.clone()))
        })
    };
    (0..CONNECTIONS).map(same).collect()
}

/// Keeps a connection busy for each of those that ask, for `time` at most.
///
/// One thread looks at every socket in turn and never sleeps: with a core of its own that costs less than being woken.
pub(super) fn run_each(address: SocketAddr, asking: Vec<Next<'_>>, time: Duration) -> Result<Load> {
    let mut connections = asking
        .into_iter()
        .map(|next| Connection::open(address, next))
        .collect::<Result<Vec<_>>>()?;
    let mut times = Vec::with_capacity(1 << 20);
    let stopwatch = Stopwatch::start();
    while stopwatch.elapsed() < time && connections.iter().any(|connection| !connection.is_done) {
        let before = times.len();
        for connection in &mut connections {
            if let Some(time) = connection.poll()? {
                times.push(time);
            }
        }
        if times.len() == before {
            thread::yield_now();
        }
    }
    let time = stopwatch.elapsed();
    let requests = u32::try_from(times.len()).context("more answers than can be counted")?;
    Ok(Load {
        requests,
        time,
        p99: percentile(&mut times, 99)?,
    })
}

/// An error with the whole answer, unless it has this status.
pub(super) fn check(answer: &[u8], expected: u16) -> Result<()> {
    let status = wire::status_when_complete(answer)?;
    if status != Some(expected) {
        bail!(
            "an answer under load is not {expected}:\n{}",
            String::from_utf8_lossy(answer)
        );
    }
    Ok(())
}

fn percentile(times: &mut [Duration], percent: usize) -> Result<Duration> {
    times.sort_unstable();
    times
        .get(times.len() * percent / 100)
        .copied()
        .context("not one answer came")
}

struct Connection<'a> {
    stream: TcpStream,
    received: Vec<u8>,
    next: Next<'a>,
    asked: Stopwatch,
    is_done: bool,
}

impl<'a> Connection<'a> {
    fn open(address: SocketAddr, next: Next<'a>) -> Result<Connection<'a>> {
        let stream =
            TcpStream::connect(address).context("cannot connect to the server under load")?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let mut connection = Connection {
            stream,
            received: Vec::new(),
            next,
            asked: Stopwatch::start(),
            is_done: false,
        };
        connection.ask(None)?;
        Ok(connection)
    }

    /// Takes what has come; when that is the whole answer, tells its time and asks again.
    fn poll(&mut self) -> Result<Option<Duration>> {
        let mut part = [0; 16 * 1024];
        if self.is_done {
            return Ok(None);
        }
        match self.stream.read(&mut part) {
            Ok(0) => bail!("the server closed a connection under load"),
            Ok(count) => self.received.extend_from_slice(&part[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error).context("reading under load"),
        }
        if wire::status_when_complete(&self.received)?.is_none() {
            return Ok(None);
        }
        let time = self.asked.elapsed();
        let answer = std::mem::take(&mut self.received);
        self.ask(Some(&answer))?;
        Ok(Some(time))
    }

    fn ask(&mut self, answer: Option<&[u8]>) -> Result<()> {
        match (self.next)(answer)? {
            Some(request) => self
                .stream
                .write_all(&request)
                .context("asking under load")?,
            None => self.is_done = true,
        }
        self.asked = Stopwatch::start();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_answer_in_a_hundred_is_the_99th_percentile() {
        let mut times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(
            percentile(&mut times, 99).unwrap(),
            Duration::from_millis(100)
        );
        assert_eq!(
            percentile(&mut times, 50).unwrap(),
            Duration::from_millis(51)
        );
    }

    #[test]
    fn no_answer_at_all_is_an_error_and_not_a_figure() {
        assert!(percentile(&mut [], 99).is_err());
    }
}
