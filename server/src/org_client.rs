//! How the local org reaches the apps that it tells of sign-outs, and those that publish their keys.

use bff::{HttpClient as _, ReqwestClient};
use bytes::Bytes;
use http::Request;
use org::{Answering, HttpClient, OutboundError};
use url::Url;

/// The app's client for the local org's use: the same limits of target, time and size.
#[derive(Debug)]
pub(crate) struct OrgClient(ReqwestClient);

impl OrgClient {
    /// A client for an org at this address.
    pub(crate) fn new(org: &Url) -> Self {
        Self(ReqwestClient::for_issuer(org))
    }
}

impl HttpClient for OrgClient {
    fn send(&self, request: Request<Bytes>) -> Answering<'_> {
        Box::pin(async move {
            let sent = self.0.send(request).await;
            sent.map_err(|error| OutboundError(error.to_string()))
        })
    }
}
