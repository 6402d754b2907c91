//! Outbound requests that stay in the process.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use bff::{BoxFuture, HttpClient, HttpError};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, Uri, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// How a host behaves at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// It answers.
    Up,
    /// Nobody listens there.
    Down,
    /// It accepts requests and never answers.
    Hanging,
}

#[derive(Debug)]
struct Host {
    router: Router,
    behaviour: Behaviour,
}

/// Routes each request by its host and port to an axum router in the same process. Unknown hosts are down.
#[derive(Debug, Default)]
pub struct InProcessHttp {
    hosts: Mutex<BTreeMap<String, Host>>,
    requests: Mutex<Vec<String>>,
}

impl InProcessHttp {
    /// A network without hosts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `router` answer for `authority`, such as `localhost:7000`.
    pub fn serve(&self, authority: &str, router: Router) {
        let host = Host {
            router,
            behaviour: Behaviour::Up,
        };
        lock(&self.hosts).insert(authority.to_owned(), host);
    }

    /// Changes how a host behaves from now on.
    pub fn set_behaviour(&self, authority: &str, behaviour: Behaviour) {
        lock(&self.hosts)
            .get_mut(authority)
            .expect("a host that is served")
            .behaviour = behaviour;
    }

    /// Every request so far, as `GET http://localhost:7000/path`.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.requests).clone()
    }

    fn find(&self, authority: &str) -> Option<(Router, Behaviour)> {
        lock(&self.hosts)
            .get(authority)
            .map(|host| (host.router.clone(), host.behaviour))
    }

    async fn call(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        lock(&self.requests).push(format!("{} {}", request.method(), request.uri()));
        let authority = request
            .uri()
            .authority()
            .ok_or(HttpError::TargetRefused("it has no host"))?
            .to_string();
        match self.find(&authority) {
            Some((router, Behaviour::Up)) => answer(router, &authority, request).await,
            Some((_, Behaviour::Hanging)) => pending().await,
            Some((_, Behaviour::Down)) | None => {
                Err(HttpError::Connect("connection refused".to_owned()))
            }
        }
    }
}

impl HttpClient for InProcessHttp {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>> {
        Box::pin(self.call(request))
    }
}

/// The org's requests go the same way.
impl org::HttpClient for InProcessHttp {
    fn send(&self, request: Request<Bytes>) -> org::Answering<'_> {
        Box::pin(async move {
            let answer = self.call(request).await;
            answer.map_err(|error| org::OutboundError(error.to_string()))
        })
    }
}

/// Passes a request on as a server would see it: with a `Host` header and a path as its target.
async fn answer(
    router: Router,
    authority: &str,
    mut request: Request<Bytes>,
) -> Result<Response<Bytes>, HttpError> {
    let path = request.uri().path_and_query().cloned();
    *request.uri_mut() = path.map_or_else(Uri::default, Uri::from);
    let host = HeaderValue::from_str(authority).map_err(|error| broken(&error))?;
    request.headers_mut().insert(header::HOST, host);
    let response = router.oneshot(request.map(Body::from)).await;
    let (parts, body) = response.unwrap_or_else(|error| match error {}).into_parts();
    let body = body.collect().await.map_err(|error| broken(&error))?;
    Ok(Response::from_parts(parts, body.to_bytes()))
}

fn broken(error: &dyn std::error::Error) -> HttpError {
    HttpError::Broken(error.to_string())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
