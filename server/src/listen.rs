//! Sockets: accepting connections, keeping slow and greedy clients in bounds, and stopping without cutting anybody off.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use org::ClientAddress;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::{Service, ServiceExt};
use url::Url;

/// Request line and headers together; more is answered with 431. Room for 8 KiB of cookies and an 8 KiB address.
const MAX_HEADER_BYTES: usize = 24 * 1024;
/// How long a client may take to send its headers.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// How long requests in flight may take to finish once the program is told to stop.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections at once; further ones wait in the kernel's queue.
const MAX_CONNECTIONS: usize = 4096;

/// The sockets behind a public address, when no other address was asked for: loopback, on the address's port.
pub fn loopback_sockets(url: &Url) -> Vec<SocketAddr> {
    let port = url.port_or_known_default().unwrap_or_default();
    let v4 = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let v6 = SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), port);
    match url.host() {
        Some(url::Host::Ipv4(_)) => vec![v4],
        Some(url::Host::Ipv6(_)) => vec![v6],
        // A name such as `localhost` is tried by browsers in both families.
        Some(url::Host::Domain(_)) | None => vec![v4, v6],
    }
}

/// Whether `url` can be reached from this machine only.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Binds every address. The first must succeed; the others, such as IPv6 on a machine without it, may be missing.
pub async fn bind(addresses: &[SocketAddr]) -> io::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    for address in addresses {
        match TcpListener::bind(address).await {
            Ok(listener) => listeners.push(listener),
            Err(error) if listeners.is_empty() => {
                return Err(io::Error::new(
                    error.kind(),
                    format!("cannot listen on {address}: {error}"),
                ));
            }
            Err(error) => tracing::debug!(%address, %error, "not listening on this address"),
        }
    }
    Ok(listeners)
}

/// Serves `router` on `listener` until `stop` turns true, then lets requests in flight finish.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Some((stream, client, place)) = accepted else {
            continue;
        };
        let service = TowerToHyperService::new(from_client(router.clone(), client));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .max_buf_size(MAX_HEADER_BYTES)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                // A client that breaks off is its own business, not a failure of the server.
                tracing::debug!(%error, "connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_TIMEOUT, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests were still running after {DRAIN_TIMEOUT:?} and were cut off");
    }
}

/// Lets handlers know where each request of a connection comes from.
fn from_client<S, B>(
    service: S,
    client: ClientAddress,
) -> impl Service<Request<B>, Response = S::Response, Error = S::Error, Future = S::Future> + Clone
where
    S: Service<Request<B>> + Clone,
{
    service.map_request(move |mut request: Request<B>| {
        request.extensions_mut().insert(client);
        request
    })
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, ClientAddress, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, client)) => {
            // Without this, streamed HTML waits some 40 ms for the client's acknowledgement.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY not set");
            }
            Some((stream, ClientAddress::new(client.ip()), place))
        }
        Err(error) => {
            // Out of file descriptors, most likely: give the others time to finish.
            tracing::error!(%error, "cannot accept a connection");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::Extension;
    use axum::body::Body;
    use axum::routing::get;

    use super::*;

    #[tokio::test]
    async fn a_request_knows_where_its_connection_comes_from() {
        let told = |address: &str| ClientAddress::new(address.parse().expect("an address"));
        let expected = told("192.0.2.7");
        let handler = move |Extension(client): Extension<ClientAddress>| async move {
            assert_eq!(client, expected);
        };
        let router = Router::new().route("/", get(handler));
        let service = from_client(router, told("::ffff:192.0.2.7"));
        let answer = service.oneshot(Request::new(Body::empty())).await;
        assert_eq!(answer.expect("an answer").status(), 200);
    }
}
