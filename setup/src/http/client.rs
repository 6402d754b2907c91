use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::BytesMut;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use reqwest::redirect;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::fault::Refusal;
use crate::http::{Answer, Patience, pages};
use crate::{Fault, Target, paths};

/// From the first byte of a call to the last of its answer.
const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The largest answer that is read. A page of a list is at most a few hundred kilobytes.
const MAX_BODY: usize = 8 * 1024 * 1024;
/// The most pages of one list. A list that goes on for ever is a fault of the org.
const MAX_PAGES: usize = 500;

/// Calls the API of one org with one token.
#[derive(Debug)]
pub struct Client {
    origin: String,
    http: reqwest::Client,
    authorization: Option<HeaderValue>,
    patience: Patience,
    writes: AtomicUsize,
}

impl Client {
    /// A client without a token, as the development door of the local org is knocked at.
    pub fn new(target: &Target, patience: Patience) -> Result<Self, Fault> {
        let http = build(target).map_err(|error| Fault::Unexpected(describe(&error)))?;
        Ok(Self {
            origin: target.origin().to_owned(),
            http,
            authorization: None,
            patience,
            writes: AtomicUsize::new(0),
        })
    }

    /// The same client with an API token.
    pub fn with_token(mut self, token: &SecretString) -> Result<Self, Fault> {
        let header = format!("SSWS {}", token.expose_secret().trim());
        let mut header = HeaderValue::try_from(header).map_err(|_| {
            Fault::option("OKTA_API_TOKEN", "it holds characters that no token has")
        })?;
        header.set_sensitive(true);
        self.authorization = Some(header);
        Ok(self)
    }

    /// How many calls other than reads were answered so far.
    pub fn writes(&self) -> usize {
        self.writes.load(Ordering::Relaxed)
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    pub(super) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn patience(&self) -> &Patience {
        &self.patience
    }

    /// Reads an object; none when there is none.
    pub async fn find(&self, path: &str) -> Result<Option<Value>, Fault> {
        let answer = self.call(&Method::GET, path, None).await?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        accepted(&Method::GET, path, answer).map(Some)
    }

    /// Reads a whole list, however many pages it has.
    pub async fn list(&self, path: &str) -> Result<Vec<Value>, Fault> {
        let mut next = Some(path.to_owned());
        let mut all = Vec::new();
        for _ in 0..MAX_PAGES {
            let Some(path) = next else { break };
            let answer = self.call(&Method::GET, &path, None).await?;
            next = pages::next(&answer.headers);
            match accepted(&Method::GET, &path, answer)? {
                Value::Array(items) => all.extend(items),
                _ => {
                    return Err(Fault::unexpected(format!(
                        "GET {path}: the answer is not a list"
                    )));
                }
            }
        }
        Ok(all)
    }

    /// Changes something. What is to be deleted and is not there counts as deleted.
    pub(crate) async fn write(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Fault> {
        let answer = self.call(method, path, body).await?;
        if *method == Method::DELETE && answer.status == StatusCode::NOT_FOUND {
            return Ok(Value::Null);
        }
        self.writes.fetch_add(1, Ordering::Relaxed);
        accepted(method, path, answer)
    }

    /// Asks without changing anything, where Okta wants a POST for it.
    pub(crate) async fn ask(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        let answer = self.call(&Method::POST, path, Some(body)).await?;
        accepted(&Method::POST, path, answer)
    }

    /// Ends the token that the calls were made with; tried once.
    pub(crate) async fn end_token(&self) -> Result<(), Fault> {
        let path = paths::OWN_API_TOKEN;
        let answer = self.once(&Method::DELETE, path, None).await;
        let answer = answer.map_err(|error| silence(&Method::DELETE, path, &error))?;
        accepted(&Method::DELETE, path, answer).map(drop)
    }

    async fn call(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, Fault> {
        // A POST may make a second one of what it made already; everything else is the same when it comes twice.
        let is_repeatable = *method != Method::POST;
        for tries in 1.. {
            let wait = match self.once(method, path, body).await {
                Ok(answer) => match self.patience.after_answer(&answer, is_repeatable, tries) {
                    Some(wait) => wait,
                    None if answer.status.is_server_error() && !is_repeatable => {
                        return unknown(path, answer);
                    }
                    None => return Ok(answer),
                },
                Err(error) => {
                    // Without a connection nothing was carried out.
                    let may_repeat = is_repeatable || error.is_connect();
                    match self.patience.after_silence(may_repeat, tries) {
                        Some(wait) => wait,
                        None => return Err(silence(method, path, &error)),
                    }
                }
            };
            self.patience.pause.pause(wait).await;
        }
        unreachable_call(method, path)
    }

    async fn once(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, reqwest::Error> {
        let address = format!("{}{path}", self.origin);
        let mut request = self
            .http
            .request(method.clone(), address)
            .header(ACCEPT, "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        request = match body {
            Some(body) => request
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string()),
            // Okta wants the length even of nothing.
            None if *method == Method::POST || *method == Method::PUT => {
                request.header(CONTENT_LENGTH, "0")
            }
            None => request,
        };
        read(request.send().await?).await
    }
}

fn accepted(method: &Method, path: &str, answer: Answer) -> Result<Value, Fault> {
    if answer.status.is_success() {
        return Ok(answer.body);
    }
    Err(Refusal {
        method: method.clone(),
        path: without_query(path),
        status: answer.status,
        body: answer.body,
    }
    .into())
}

fn unknown(path: &str, answer: Answer) -> Result<Answer, Fault> {
    // 501 says that nothing happened.
    if answer.status == StatusCode::NOT_IMPLEMENTED {
        return Ok(answer);
    }
    Err(Fault::Unknown {
        path: without_query(path),
        reason: format!("status {}", answer.status.as_u16()),
    })
}

pub(super) fn silence(method: &Method, path: &str, error: &reqwest::Error) -> Fault {
    let (path, reason) = (without_query(path), describe(error));
    if *method == Method::POST && !error.is_connect() {
        return Fault::Unknown { path, reason };
    }
    let method = method.clone();
    Fault::Unreachable {
        method,
        path,
        reason,
    }
}

fn unreachable_call(method: &Method, path: &str) -> Result<Answer, Fault> {
    Err(Fault::Unreachable {
        method: method.clone(),
        path: without_query(path),
        reason: "tried too often".to_owned(),
    })
}

/// Queries hold names of people; messages do without.
fn without_query(path: &str) -> String {
    path.split('?').next().unwrap_or_default().to_owned()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that builds the client for the org's API"
)]
fn build(target: &Target) -> Result<reqwest::Client, reqwest::Error> {
    let builder = reqwest::Client::builder()
        // A redirect would take the token along.
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        .tcp_nodelay(true)
        .user_agent(concat!("portico-setup/", env!("CARGO_PKG_VERSION")));
    if target.is_local() {
        // Certificates of the system take milliseconds to read, and a proxy does not know this machine.
        builder.no_proxy().tls_certs_only([]).build()
    } else {
        builder.https_only(true).build()
    }
}

/// Reads the body piece by piece and stops at the limit.
pub(super) async fn read(mut response: reqwest::Response) -> Result<Answer, reqwest::Error> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_BODY {
            break;
        }
    }
    Ok(Answer {
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    })
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
