//! A TCP proxy that a test makes worse while the program under test uses it.

mod refusal;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// How the line behind the proxy is. What passes at all passes upstream untouched; what comes back suffers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Everything passes.
    Good,
    /// What comes back comes this much later.
    Delayed(Duration),
    /// What comes back comes byte by byte, with this pause before each.
    Trickling(Duration),
    /// After this many bytes have come back, the connection ends as if all had been said.
    CutAfter(usize),
    /// Connections are accepted, and whatever is said on one is answered by a reset.
    Resetting,
    /// Connections are accepted and kept, and nothing passes.
    BlackHole,
    /// Nobody listens, and connections that were there are reset.
    Refusing,
    /// Nothing passes. Each command of Redis' protocol is answered with this error.
    Answering(&'static str),
}

impl Line {
    fn is_broken(self) -> bool {
        matches!(self, Self::Resetting | Self::Refusing | Self::Answering(_))
    }
}

/// A proxy on loopback. It ends when it is dropped.
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    line: watch::Sender<Line>,
    listening: watch::Receiver<bool>,
    task: JoinHandle<()>,
}

impl FaultProxy {
    /// A proxy on a free port, with a good line to `target`. Nothing needs to listen there yet.
    pub async fn start(target: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (line, seen) = watch::channel(Line::Good);
        let (told, listening) = watch::channel(true);
        Self {
            address,
            line,
            listening,
            task: tokio::spawn(serve(listener, address, target, seen, told)),
        }
    }

    /// Where to connect to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes the line, for the connections that are there as well. Comes back when the port is open or closed as it should be.
    pub async fn set(&self, line: Line) {
        self.line.send_replace(line);
        let is_open = line != Line::Refusing;
        let mut listening = self.listening.clone();
        let settled = listening.wait_for(|listening| *listening == is_open).await;
        settled.expect("a proxy that runs");
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    listener: TcpListener,
    address: SocketAddr,
    target: SocketAddr,
    mut line: watch::Receiver<Line>,
    listening: watch::Sender<bool>,
) {
    let mut open = Some(listener);
    while let Ok(now) = line.wait_for(|_| true).await.map(|line| *line) {
        if now == Line::Refusing {
            open = None;
        } else if open.is_none() {
            open = Some(TcpListener::bind(address).await.expect("the port again"));
        }
        listening.send_replace(open.is_some());
        let Some(listener) = &open else {
            if line.changed().await.is_err() {
                return;
            }
            continue;
        };
        tokio::select! {
            changed = line.changed() => if changed.is_err() { return },
            accepted = listener.accept() => {
                let (caller, _) = accepted.expect("a connection");
                tokio::spawn(connect(caller, target, line.clone()));
            }
        }
    }
}

/// Carries one connection until one side ends it or the line breaks.
async fn connect(mut near: TcpStream, target: SocketAddr, line: watch::Receiver<Line>) {
    let Ok(mut far) = TcpStream::connect(target).await else {
        return reset(&near);
    };
    let broken = {
        let (from_near, to_near) = near.split();
        let (from_far, to_far) = far.split();
        let both = async {
            tokio::try_join!(
                upstream(from_near, to_far, line.clone()),
                downstream(from_far, to_near, line.clone()),
            )
        };
        let mut breaks = line.clone();
        tokio::select! {
            // First, so that nothing is read from a line that is broken: what is read there would be lost.
            biased;
            broken = breaks.wait_for(|line| line.is_broken()) => broken.ok().map(|line| *line),
            // A side that has gone away is how most connections end.
            _ended = both => None,
        }
    };
    let Some(broken) = broken else {
        return;
    };
    reset(&far);
    if let Line::Answering(error) = broken {
        let mut changes = line.clone();
        tokio::select! {
            _gone = refusal::refuse_all(&mut near, error) => {}
            _changed = changes.wait_for(|line| *line != broken) => {}
        }
    }
    reset(&near);
}

/// Lets the connection end in a reset when it is dropped.
fn reset(stream: &TcpStream) {
    // A connection that is gone already needs no reset.
    drop(stream.set_zero_linger());
}

async fn upstream(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    mut line: watch::Receiver<Line>,
) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let length = from.read(&mut buffer).await?;
        passable(&mut line).await;
        if length == 0 {
            return to.shutdown().await;
        }
        to.write_all(&buffer[..length]).await?;
    }
}

async fn downstream(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    mut line: watch::Receiver<Line>,
) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    let mut passed = 0;
    loop {
        let length = from.read(&mut buffer).await?;
        let now = passable(&mut line).await;
        if length == 0 {
            return to.shutdown().await;
        }
        let bytes = &buffer[..length];
        match now {
            Line::Delayed(pause) => sleep(pause).await,
            Line::Trickling(pause) => {
                trickle(bytes, &mut to, pause, &line).await?;
                continue;
            }
            Line::CutAfter(limit) => {
                let rest = limit.saturating_sub(passed).min(length);
                passed += rest;
                to.write_all(&bytes[..rest]).await?;
                if passed >= limit {
                    to.shutdown().await?;
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                continue;
            }
            Line::Good
            | Line::BlackHole
            | Line::Resetting
            | Line::Refusing
            | Line::Answering(_) => {}
        }
        to.write_all(bytes).await?;
    }
}

/// One byte after the other, until the line is better.
async fn trickle(
    bytes: &[u8],
    to: &mut WriteHalf<'_>,
    pause: Duration,
    line: &watch::Receiver<Line>,
) -> io::Result<()> {
    for byte in bytes {
        if matches!(*line.borrow(), Line::Trickling(_)) {
            sleep(pause).await;
        }
        to.write_all(&[*byte]).await?;
    }
    Ok(())
}

/// Waits until something passes, and says how.
async fn passable(line: &mut watch::Receiver<Line>) -> Line {
    let now = line.wait_for(|line| *line != Line::BlackHole).await;
    now.map_or(Line::BlackHole, |line| *line)
}

#[cfg(test)]
mod tests;
