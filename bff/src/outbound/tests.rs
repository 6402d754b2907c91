//! The client on real sockets, against a server on loopback. The tests' clock stands still and jumps to whatever is waited
//! for, so nobody waits for a limit to run out.

use std::future::pending;
use std::net::{SocketAddr, TcpStream as BlockingStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use super::*;

/// A server that hears requests, and answers each connection with `answer`.
struct Server {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    heard: mpsc::UnboundedReceiver<Vec<u8>>,
}

impl Server {
    async fn start<A, F>(answer: A) -> Self
    where
        A: Fn(TcpStream) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let address = listener.local_addr().expect("an address");
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        let (hear, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).await.unwrap_or_default();
                request.truncate(length);
                // The test may be over already.
                let _ = hear.send(request);
                tokio::spawn(answer(stream));
            }
        });
        Self {
            address,
            connections,
            heard,
        }
    }

    /// A server that always sends the same.
    async fn sending(text: &'static str) -> Self {
        Self::start(move |mut stream| async move {
            // A client that has heard enough may hang up.
            let _ = stream.write_all(text.as_bytes()).await;
        })
        .await
    }

    fn url(&self, scheme: &str, host: &str) -> Url {
        let port = self.address.port();
        Url::parse(&format!("{scheme}://{host}:{port}/path?a=1")).expect("an address")
    }

    fn http(&self) -> Url {
        self.url("http", "127.0.0.1")
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn get(url: &Url) -> Request<Bytes> {
    Request::get(url.as_str())
        .body(Bytes::new())
        .expect("a request")
}

async fn call(url: &Url) -> Result<Response<Bytes>, HttpError> {
    ReqwestClient::for_issuer(url).send(get(url)).await
}

/// How long a call takes that gets no answer, in seconds of the tests' clock, and how it ends.
async fn give_up(url: &Url) -> (u64, HttpError) {
    let began = Instant::now();
    let error = call(url).await.expect_err("no answer");
    (began.elapsed().as_secs(), error)
}

#[tokio::test]
async fn a_request_arrives_as_it_was_written_and_its_answer_comes_back_whole() {
    let text = "HTTP/1.1 404 Not Found\r\nx-name: value\r\ncontent-length: 5\r\n\r\nhello";
    let mut server = Server::sending(text).await;
    let answer = call(&server.http()).await.expect("an answer");
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["x-name"], "value");
    assert_eq!(answer.body().as_ref(), b"hello");
    let heard = server.heard.recv().await.expect("a request");
    let heard = String::from_utf8(heard).expect("text");
    assert!(heard.starts_with("GET /path?a=1 HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("user-agent: portico/"), "{heard}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_is_given_up_after_five_seconds() {
    let server = Server::start(|stream| async move {
        pending::<()>().await;
        drop(stream);
    })
    .await;
    let (seconds, error) = give_up(&server.http()).await;
    assert!(matches!(error, HttpError::Timeout), "{error}");
    assert_eq!(seconds, 5);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_trickles_in_gets_five_seconds_in_all() {
    let server = Server::start(|mut stream| async move {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
        let mut sent = stream.write_all(head).await;
        while sent.is_ok() {
            sleep(Duration::from_secs(1)).await;
            sent = stream.write_all(b"x").await;
        }
    })
    .await;
    let (seconds, error) = give_up(&server.http()).await;
    assert!(matches!(error, HttpError::Timeout), "{error}");
    assert_eq!(seconds, 5);
}

#[tokio::test(start_paused = true)]
async fn a_machine_that_takes_no_connection_is_given_up_after_two_seconds() {
    let socket = TcpSocket::new_v4().expect("a socket");
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    socket.bind(loopback).expect("a port");
    let listener = socket.listen(1).expect("a listener");
    let address = listener.local_addr().expect("an address");
    // Nobody accepts: once the queue is full, the system leaves further connections unanswered.
    let queue: Vec<_> = std::iter::from_fn(|| {
        BlockingStream::connect_timeout(&address, Duration::from_millis(100)).ok()
    })
    .take(64)
    .collect();
    assert!(queue.len() < 64, "the queue is full");

    let url = Url::parse(&format!("http://{address}/")).expect("an address");
    let (seconds, error) = give_up(&url).await;
    assert!(matches!(error, HttpError::Connect(_)), "{error}");
    assert_eq!(seconds, 2);
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_no_connection() {
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
    let address = closed.local_addr().expect("an address");
    drop(closed);
    let url = Url::parse(&format!("http://{address}/")).expect("an address");
    let error = call(&url).await.expect_err("nobody");
    assert!(matches!(error, HttpError::Connect(_)), "{error}");
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let (end, mut ended) = mpsc::unbounded_channel();
    let server = Server::start(move |mut stream| {
        let end = end.clone();
        async move {
            let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            let mut sent = stream.write_all(head).await;
            let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
            while sent.is_ok() {
                sent = stream.write_all(chunk.as_bytes()).await;
            }
            let _ = end.send(());
        }
    })
    .await;
    let error = call(&server.http()).await.expect_err("too much");
    assert!(matches!(error, HttpError::TooLarge), "{error}");
    ended.recv().await.expect("the client hung up");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    let server = Server::sending("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf").await;
    let error = call(&server.http()).await.expect_err("half an answer");
    assert!(matches!(error, HttpError::Broken(_)), "{error}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let text = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    let server = Server::sending(text).await;
    let url = server.http();
    let answer = call(&url).await.expect("an answer");
    assert_eq!(answer.status(), 302);
    assert_eq!(server.connections(), 1);
    let error = outbound(&url).send(get(&url)).await.expect_err("refused");
    assert!(matches!(error, HttpError::Redirected), "{error}");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn an_https_address_is_never_spoken_to_in_clear() {
    let mut server = Server::sending("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let error = call(&server.url("https", "127.0.0.1"))
        .await
        .expect_err("no TLS");
    assert!(matches!(error, HttpError::Connect(_)), "{error}");
    let heard = server.heard.recv().await.expect("a greeting");
    // The first byte of a TLS record with a handshake (RFC 8446 §5.1).
    assert_eq!(heard.first(), Some(&0x16));
}

fn outbound(issuer: &Url) -> Outbound {
    Outbound::new(
        Arc::new(ReqwestClient::for_issuer(issuer)),
        TargetPolicy::for_issuer(issuer),
    )
}

#[tokio::test]
async fn what_may_not_be_called_is_not_even_connected_to() {
    let server = Server::sending("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let public = Url::parse("https://org.example.com").expect("an address");
    for (scheme, host) in [
        ("http", "127.0.0.1"),
        ("https", "127.0.0.1"),
        ("http", "localhost"),
        ("https", "localhost"),
        ("https", "[::ffff:127.0.0.1]"),
    ] {
        let url = server.url(scheme, host);
        let error = outbound(&public)
            .send(get(&url))
            .await
            .expect_err("a public org leads to this machine");
        assert!(
            matches!(error, HttpError::TargetRefused(_)),
            "{url}: {error}"
        );
    }
    let url = Url::parse("http://org.example.com/keys").expect("an address");
    let error = outbound(&public)
        .send(get(&url))
        .await
        .expect_err("no https");
    assert!(matches!(error, HttpError::TargetRefused(_)), "{error}");

    // A name that is harmless by itself, and leads to this machine all the same.
    let error = ReqwestClient::for_issuer(&public)
        .send(get(&server.url("http", "localhost")))
        .await
        .expect_err("the address behind the name");
    assert!(matches!(error, HttpError::Connect(_)), "{error}");
    assert_eq!(server.connections(), 0);

    let local = server.http();
    assert!(outbound(&local).send(get(&local)).await.is_ok());
    assert_eq!(server.connections(), 1);
}
