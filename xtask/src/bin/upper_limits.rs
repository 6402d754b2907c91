//! What the bench compares with, so that a figure says something on any machine.
//!
//! `upper-limits axum <port>` serves "Hello, world!"; `upper-limits argon2 <count>` makes that many hashes, one after the other.

use anyhow::{Context, Result, bail};
use argon2::{Algorithm, Argon2, Params, Version};
use axum::Router;
use axum::routing::get;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["axum", port] => serve(port.parse()?).await,
        ["argon2", count] => hash(count.parse()?),
        _ => bail!("usage: upper-limits axum <port> | argon2 <count>"),
    }
}

async fn serve(port: u16) -> Result<()> {
    let router = Router::new().route("/", get(|| async { "Hello, world!" }));
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| format!("port {port}"))?;
    // Without it a small answer waits for the acknowledgement of the one before; a failure costs speed only.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    Ok(axum::serve(listener, router).await?)
}

/// Argon2id as the org stores passwords: 19 MiB, two passes, one lane.
fn hash(count: u32) -> Result<()> {
    let parameters =
        Params::new(19 * 1024, 2, 1, None).map_err(|error| anyhow::anyhow!("{error}"))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    let mut hash = [0_u8; 32];
    for round in 0..count {
        let salt = u128::from(round).to_be_bytes();
        argon2
            .hash_password_into(b"a password", &salt, &mut hash)
            .map_err(|error| anyhow::anyhow!("{error}"))?;
    }
    Ok(())
}
