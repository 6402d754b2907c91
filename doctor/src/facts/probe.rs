//! Calls as anybody can make them, with the headers of the answer, following nothing.

use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use http::Method;
use http::header::{ACCEPT, CONTENT_TYPE};
use jiff::fmt::rfc2822::DateTimeParser;
use model::Clock;
use reqwest::redirect;
use serde_json::Value;

use super::{Known, Reply};
use crate::Skip;

/// From the first byte of a call to the last of its answer.
const TIMEOUT: Duration = Duration::from_secs(15);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The largest answer that is read.
const MAX_BODY: usize = 1024 * 1024;

/// Makes calls, each once.
#[derive(Debug)]
pub(crate) struct Probe {
    http: reqwest::Client,
    clock: Arc<dyn Clock>,
}

impl Probe {
    /// `is_local`: nothing beyond this machine is called, so neither certificates nor proxies matter.
    pub(crate) fn new(is_local: bool, clock: Arc<dyn Clock>) -> Result<Self, String> {
        let http = build(is_local).map_err(|error| describe(&error))?;
        Ok(Self { http, clock })
    }

    /// Reads an address.
    pub(crate) async fn get(&self, address: &str) -> Known<Reply> {
        self.call(&Method::GET, address, &[], None).await
    }

    /// Calls an address with headers of its own.
    pub(crate) async fn call(
        &self,
        method: &Method,
        address: &str,
        headers: &[(&str, &str)],
        json: Option<&Value>,
    ) -> Known<Reply> {
        let mut request = self
            .http
            .request(method.clone(), address)
            .header(ACCEPT, "application/json, text/html;q=0.9");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(json) = json {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(json.to_string());
        }
        match request.send().await {
            Ok(response) => self.read(response).await,
            Err(error) => Err(error),
        }
        .map_err(|error| {
            let address = address.split('?').next().unwrap_or_default();
            Skip::not_checked(format!("no answer from {address}: {}", describe(&error)))
        })
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<Reply, reqwest::Error> {
        let now = self.clock.now();
        let mut bytes = BytesMut::new();
        while let Some(chunk) = response.chunk().await? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MAX_BODY {
                break;
            }
        }
        let mut reply = Reply {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            skew: None,
        };
        let date = reply.header("date");
        let date = date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
        reply.skew = date.map(|date| date.duration_since(now).as_secs());
        Ok(reply)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that builds the client for calls without a token"
)]
fn build(is_local: bool) -> Result<reqwest::Client, reqwest::Error> {
    let builder = reqwest::Client::builder()
        // A redirect is an answer to be judged.
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        .user_agent(concat!("portico-doctor/", env!("CARGO_PKG_VERSION")));
    if is_local {
        builder.no_proxy().tls_certs_only([]).build()
    } else {
        builder.build()
    }
}

/// The whole chain of causes: the outermost text alone says only that sending failed.
fn describe(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        causes.push(cause.to_string());
        source = cause.source();
    }
    if causes.is_empty() {
        return "no complete answer".to_owned();
    }
    causes.join(": ")
}
