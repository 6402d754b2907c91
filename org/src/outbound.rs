//! Requests that the org makes itself, through a client that is given to it.

use bytes::Bytes;
use http::{Request, Response};
use model::TargetPolicy;
use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

/// The time from the first byte of a request to the last byte of its answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// An answer that is on its way.
pub type Answering<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Bytes>, OutboundError>> + Send + 'a>>;

/// How requests of the org reach others.
///
/// An implementation sends exactly the request it is given and follows no redirect. It does not connect to names that resolve to
/// addresses which a [`TargetPolicy`] of the org refuses.
pub trait HttpClient: Debug + Send + Sync {
    /// Sends one request and reads the whole answer, whatever its status.
    fn send(&self, request: Request<Bytes>) -> Answering<'_>;
}

/// Why there is no answer: what an administrator is told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OutboundError(pub String);

/// The client as the org uses it: no request leaves without the limits on target and time.
#[derive(Debug, Clone)]
pub(crate) struct Outbound {
    client: Arc<dyn HttpClient>,
    targets: TargetPolicy,
}

impl Outbound {
    /// For an org at this address.
    pub(crate) fn new(client: Arc<dyn HttpClient>, org: &Url) -> Self {
        Self {
            client,
            targets: TargetPolicy::for_issuer(org),
        }
    }

    /// Which addresses may be called.
    pub(crate) const fn targets(&self) -> &TargetPolicy {
        &self.targets
    }

    /// Sends a request, if its address may be called, and waits at most five seconds for the answer.
    pub(crate) async fn send(
        &self,
        request: Request<Bytes>,
    ) -> Result<Response<Bytes>, OutboundError> {
        let refused =
            |reason: &str| OutboundError(format!("the address may not be called: {reason}"));
        let url =
            Url::parse(&request.uri().to_string()).map_err(|_| refused("it is not absolute"))?;
        self.targets.check(&url).map_err(|error| refused(error.0))?;
        timeout(PATIENCE, self.client.send(request))
            .await
            .unwrap_or_else(|_| {
                Err(OutboundError(
                    "no complete answer within five seconds".to_owned(),
                ))
            })
    }
}
