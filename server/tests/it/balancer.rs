//! What stands before several processes of an app, as it is usual.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode, header};
use tokio::sync::watch;

use crate::process::{NoAnswer, ask};

/// More than any page has.
const LONGEST: usize = 4 * 1024 * 1024;

/// Gives each request to the next process. What was refused, it gives to another one; so it does with a `GET` that was
/// cut, since that can be repeated. It keeps an answer until it is whole, unless that is a stream.
#[derive(Debug)]
pub(crate) struct Balancer {
    processes: Vec<SocketAddr>,
    next: AtomicUsize,
    repeated: AtomicUsize,
    answered: watch::Sender<usize>,
}

impl Balancer {
    pub(crate) fn before(processes: &[SocketAddr]) -> Arc<Self> {
        Arc::new(Self {
            processes: processes.to_vec(),
            next: AtomicUsize::new(0),
            repeated: AtomicUsize::new(0),
            answered: watch::Sender::new(0),
        })
    }

    /// Its front.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        Router::new().fallback(forward).with_state(Arc::clone(self))
    }

    /// How often another process was asked because one did not answer.
    pub(crate) fn repeated(&self) -> usize {
        self.repeated.load(Ordering::SeqCst)
    }

    /// Waits for this many answers more.
    pub(crate) async fn answers(&self, more: usize) {
        let mut answered = self.answered.subscribe();
        let target = *answered.borrow() + more;
        let reached = answered.wait_for(|answered| *answered >= target).await;
        reached.expect("a balancer that is there");
    }
}

async fn forward(State(balancer): State<Arc<Balancer>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST).await.expect("a whole request");
    let first = balancer.next.fetch_add(1, Ordering::SeqCst);
    let processes = balancer.processes.iter().cycle();
    for process in processes.skip(first).take(balancer.processes.len()) {
        let mut request = Request::new(Body::from(body.clone()));
        *request.method_mut() = parts.method.clone();
        *request.uri_mut() = parts.uri.clone();
        *request.headers_mut() = parts.headers.clone();
        match whole(*process, request).await {
            Ok(answer) => {
                balancer.answered.send_modify(|answered| *answered += 1);
                return answer;
            }
            Err(NoAnswer::Cut) if parts.method != Method::GET => break,
            Err(_) => balancer.repeated.fetch_add(1, Ordering::SeqCst),
        };
    }
    StatusCode::BAD_GATEWAY.into_response()
}

async fn whole(process: SocketAddr, request: Request) -> Result<Response, NoAnswer> {
    let (parts, body) = ask(process, request).await?.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let is_stream = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    let body = Body::new(body);
    if is_stream {
        return Ok(Response::from_parts(parts, body));
    }
    let body = to_bytes(body, LONGEST).await.map_err(|_| NoAnswer::Cut)?;
    Ok(Response::from_parts(parts, Body::from(body)))
}
