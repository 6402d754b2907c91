//! Clients that ask and leave before the answer: what they cost must not stay.

use super::load::Request;
use anyhow::{Context, Result};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// Requests of one round.
pub(super) const REQUESTS: usize = 3000;

const AT_ONCE: usize = 200;

/// One round: each client asks, and is gone after the first bytes or sooner.
pub(super) fn round(request: &Request) -> Result<()> {
    for _ in 0..REQUESTS / AT_ONCE {
        let clients = (0..AT_ONCE)
            .map(|_| ask(request))
            .collect::<Result<Vec<_>>>()?;
        for mut client in clients.into_iter().step_by(2) {
            client.set_read_timeout(Some(Duration::from_millis(2)))?;
            // Half of the clients read a little first; whether anything has come is of no interest.
            drop(client.read(&mut [0; 64]));
        }
    }
    // What a dropped request was doing may take a moment to notice.
    thread::sleep(Duration::from_millis(500));
    Ok(())
}

fn ask(request: &Request) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(request.address).context("cannot connect to hang up")?;
    stream.write_all(&request.bytes)?;
    Ok(stream)
}
