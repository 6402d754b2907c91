//! Calls to the org: one client, with limits on target, time and size.

mod reqwest_client;

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use model::TargetRefused;
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub(crate) use model::{TargetPolicy, is_loopback};
pub use reqwest_client::ReqwestClient;

/// A future on the heap, as trait objects need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The time from the first byte of a request to the last byte of its answer.
pub(crate) const TOTAL_TIMEOUT: Duration = Duration::from_secs(5);

/// The largest answer that is read, in bytes. Metadata, keys and tokens are a few kilobytes.
pub(crate) const MAX_BODY: usize = 256 * 1024;

/// How requests reach the org.
///
/// An implementation sends exactly the request it is given and follows no redirect. [`ReqwestClient`] is the one for
/// production; tests route requests to a router in the same process.
pub trait HttpClient: Debug + Send + Sync {
    /// Sends one request and reads the whole answer, whatever its status.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, HttpError>>;
}

/// Why there is no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address may not be called at all.
    #[error("the address may not be called: {0}")]
    TargetRefused(&'static str),
    /// No connection came about: name unknown, refused, or no valid certificate.
    #[error("no connection: {0}")]
    Connect(String),
    /// The answer was not complete in time.
    #[error("no complete answer in time")]
    Timeout,
    /// The answer is larger than any answer needs to be.
    #[error("the answer is too large")]
    TooLarge,
    /// The connection ended too early, or what came is not HTTP.
    #[error("the answer broke off: {0}")]
    Broken(String),
    /// The org answered 429 or 5xx.
    #[error("the org answered {status}")]
    Unavailable {
        /// The status.
        status: StatusCode,
        /// How long the org asks to be left in peace, in seconds.
        retry_after: Option<i64>,
    },
    /// The org answered with a redirect, which is never followed.
    #[error("the org answered with a redirect")]
    Redirected,
}

impl From<TargetRefused> for HttpError {
    fn from(TargetRefused(reason): TargetRefused) -> Self {
        Self::TargetRefused(reason)
    }
}

/// The client as the crate uses it: no request leaves without the target, time and size limits.
#[derive(Debug, Clone)]
pub(crate) struct Outbound {
    client: Arc<dyn HttpClient>,
    targets: TargetPolicy,
}

impl Outbound {
    pub(crate) fn new(client: Arc<dyn HttpClient>, targets: TargetPolicy) -> Self {
        Self { client, targets }
    }

    pub(crate) fn targets(&self) -> &TargetPolicy {
        &self.targets
    }

    /// Sends a request. Only an answer of the classes 2xx and 4xx (but 429) is an answer; all else is an error.
    pub(crate) async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let response = self.exchange(request).await?;
        let status = response.status();
        if status.is_redirection() {
            return Err(HttpError::Redirected);
        }
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            return Err(HttpError::Unavailable {
                status,
                retry_after: retry_after(response.headers()),
            });
        }
        Ok(response)
    }

    /// Sends a request and gives the answer, whatever its status. Target, time and size are limited as always.
    pub(crate) async fn exchange(
        &self,
        request: Request<Bytes>,
    ) -> Result<Response<Bytes>, HttpError> {
        let url = Url::parse(&request.uri().to_string())
            .map_err(|_| HttpError::TargetRefused("not an absolute address"))?;
        self.targets.check(&url)?;
        let response = tokio::time::timeout(TOTAL_TIMEOUT, self.client.send(request))
            .await
            .map_err(|_| HttpError::Timeout)??;
        if response.body().len() > MAX_BODY {
            return Err(HttpError::TooLarge);
        }
        Ok(response)
    }

    /// Asks for JSON, with a bearer token where one is needed.
    pub(crate) async fn get_json(
        &self,
        url: &Url,
        bearer: Option<&SecretString>,
    ) -> Result<Response<Bytes>, HttpError> {
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(url.as_str())
            .header(header::ACCEPT, "application/json");
        if let Some(token) = bearer {
            request = request.header(
                header::AUTHORIZATION,
                format!("Bearer {}", token.expose_secret()),
            );
        }
        let request = request
            .body(Bytes::new())
            .map_err(|_| HttpError::TargetRefused("not a valid request"))?;
        self.send(request).await
    }
}

impl<'c> AsyncHttpClient<'c> for Outbound {
    type Error = HttpError;
    type Future = BoxFuture<'c, Result<HttpResponse, HttpError>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let response = self.send(request.map(Bytes::from)).await?;
            Ok(response.map(Vec::from))
        })
    }
}

/// `Retry-After` in seconds (RFC 9110 §10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<i64> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().filter(|seconds| *seconds >= 0)
}

/// Whether an answer says that it is JSON.
pub(crate) fn is_json(response: &Response<Bytes>) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| {
            let essence = essence.trim().to_ascii_lowercase();
            essence == "application/json"
                || (essence.starts_with("application/") && essence.ends_with("+json"))
        })
}

#[cfg(test)]
mod tests;
