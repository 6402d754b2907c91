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

/// Keeps all connections busy for `time`.
///
/// One thread looks at every socket in turn and never sleeps: with a core of its own that costs less than being woken.
pub(super) fn run(request: &Request, time: Duration) -> Result<Load> {
    let mut connections = (0..CONNECTIONS)
        .map(|_| Connection::open(request))
        .collect::<Result<Vec<_>>>()?;
    let mut times = Vec::with_capacity(1 << 20);
    let stopwatch = Stopwatch::start();
    while stopwatch.elapsed() < time {
        let before = times.len();
        for connection in &mut connections {
            if let Some(time) = connection.poll(request)? {
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

fn percentile(times: &mut [Duration], percent: usize) -> Result<Duration> {
    times.sort_unstable();
    times
        .get(times.len() * percent / 100)
        .copied()
        .context("not one answer came")
}

struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    asked: Stopwatch,
}

impl Connection {
    fn open(request: &Request) -> Result<Connection> {
        let mut stream = TcpStream::connect(request.address)
            .context("cannot connect to the server under load")?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        stream.write_all(&request.bytes)?;
        Ok(Connection {
            stream,
            received: Vec::new(),
            asked: Stopwatch::start(),
        })
    }

    /// Takes what has come; when that is the whole answer, tells its time and asks again.
    fn poll(&mut self, request: &Request) -> Result<Option<Duration>> {
        let mut part = [0; 16 * 1024];
        match self.stream.read(&mut part) {
            Ok(0) => bail!("the server closed a connection under load"),
            Ok(count) => self.received.extend_from_slice(&part[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error).context("reading under load"),
        }
        let Some(status) = wire::status_when_complete(&self.received)? else {
            return Ok(None);
        };
        if status != request.status {
            bail!(
                "the server answered {status} under load:\n{}",
                String::from_utf8_lossy(&self.received)
            );
        }
        let time = self.asked.elapsed();
        self.received.clear();
        self.stream
            .write_all(&request.bytes)
            .context("asking again under load")?;
        self.asked = Stopwatch::start();
        Ok(Some(time))
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
