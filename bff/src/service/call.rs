use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{Service, ServiceTrouble};
use crate::outbound::HttpError;

/// How often a call without an answer is tried.
const MOST_TRIES: u32 = 4;

/// How often a call may be refused because the org is busy.
const MOST_REFUSALS: u32 = 20;

/// The longest text of the org that is kept, in characters.
const MAX_SAID: usize = 200;

/// A call of the management API.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    method: Method,
    /// Path and query.
    path: String,
    body: Option<Value>,
}

impl Call {
    pub(crate) fn get(path: String) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn put(path: String) -> Self {
        Self::new(Method::PUT, path)
    }

    pub(crate) fn delete(path: String) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub(crate) fn post(path: String, body: Option<Value>) -> Self {
        Self {
            body,
            ..Self::new(Method::POST, path)
        }
    }

    const fn new(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            body: None,
        }
    }

    /// A POST may do once more what it has done already.
    fn is_repeatable(&self) -> bool {
        self.method != Method::POST
    }
}

/// What the org said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// `null` when there is no body, or none that is JSON.
    pub(crate) body: Value,
}

impl Answer {
    /// The org's reason for a refusal, in its own words: the causes, or else the summary. Cut and cleaned.
    pub(crate) fn said(&self) -> String {
        let causes = self.body["errorCauses"].as_array();
        let causes: Vec<&str> = causes
            .into_iter()
            .flatten()
            .filter_map(|cause| cause["errorSummary"].as_str())
            .collect();
        let said = if causes.is_empty() {
            self.body["errorSummary"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        } else {
            causes.join("; ")
        };
        said.chars()
            .filter(|character| !character.is_control())
            .take(MAX_SAID)
            .collect()
    }

    /// Okta's error code, if the body has one.
    pub(crate) fn code(&self) -> &str {
        self.body["errorCode"].as_str().unwrap_or_default()
    }
}

impl Service {
    /// Calls the API, and waits for an org that is busy. Answers of the classes 2xx and 4xx come back, but those that tell
    /// that the app may not ask.
    pub(crate) async fn call(&self, call: Call) -> Result<Answer, ServiceTrouble> {
        let (mut tries, mut refusals, mut is_renewed) = (0, 0, false);
        loop {
            self.gate.pass(&*self.clock, &*self.pause).await;
            let token = self.token().await?;
            let request = self.request(&call, &token).ok_or(ServiceTrouble::Refused)?;
            let response = match self.outbound.exchange(request).await {
                Ok(response) => response,
                Err(error) => {
                    tries += 1;
                    self.after_silence(&call, &error, tries).await?;
                    continue;
                }
            };
            let now = self.clock.now();
            match response.status() {
                StatusCode::TOO_MANY_REQUESTS if refusals < MOST_REFUSALS => {
                    refusals += 1;
                    self.gate.close(response.headers(), now);
                }
                StatusCode::UNAUTHORIZED if !is_renewed => {
                    is_renewed = true;
                    self.forget_token().await;
                }
                status => {
                    self.gate.heed(response.headers(), now);
                    return answered(&call, status, response.body());
                }
            }
        }
    }

    fn request(&self, call: &Call, token: &SecretString) -> Option<Request<Bytes>> {
        let bearer = Zeroizing::new(format!("Bearer {}", token.expose_secret()));
        let mut request = Request::builder()
            .method(&call.method)
            .uri(format!("{}{}", self.origin, call.path))
            .header(header::ACCEPT, "application/json")
            .header(header::AUTHORIZATION, bearer.as_str());
        if call.body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        } else if call.method == Method::POST || call.method == Method::PUT {
            // Okta wants the length even of nothing.
            request = request.header(header::CONTENT_LENGTH, "0");
        }
        let body = call.body.as_ref().map(Value::to_string).unwrap_or_default();
        request.body(Bytes::from(body)).ok()
    }

    /// Waits before another try, where another try changes nothing twice.
    async fn after_silence(
        &self,
        call: &Call,
        error: &HttpError,
        tries: u32,
    ) -> Result<(), ServiceTrouble> {
        tracing::warn!(%error, method = %call.method, "the org did not answer the service app");
        let may_repeat = call.is_repeatable() || matches!(error, HttpError::Connect(_));
        if !may_repeat || tries >= MOST_TRIES {
            return Err(ServiceTrouble::Unavailable);
        }
        let [chance] = self.entropy.bytes::<1>();
        let wait = Duration::from_millis(500) * 2_u32.pow(tries)
            + Duration::from_millis(u64::from(chance) * 2);
        self.pause.pause(wait).await;
        Ok(())
    }
}

fn answered(call: &Call, status: StatusCode, body: &[u8]) -> Result<Answer, ServiceTrouble> {
    if status == StatusCode::UNAUTHORIZED
        || status == StatusCode::NOT_IMPLEMENTED
        || status.is_redirection()
    {
        tracing::error!(%status, method = %call.method, "the org does not let the service app do this");
        return Err(ServiceTrouble::Refused);
    }
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        tracing::warn!(%status, method = %call.method, "the org failed the service app");
        return Err(ServiceTrouble::Unavailable);
    }
    let answer = Answer {
        status,
        body: serde_json::from_slice(body).unwrap_or(Value::Null),
    };
    // E0000006: the role or the scopes of the service app are not enough for this.
    if status == StatusCode::FORBIDDEN && answer.code() == "E0000006" {
        tracing::error!(method = %call.method, "the service app has no permission for this");
        return Err(ServiceTrouble::Refused);
    }
    Ok(answer)
}
