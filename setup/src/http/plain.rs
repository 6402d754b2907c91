use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use serde_json::Value;

use crate::Fault;
use crate::fault::Refusal;
use crate::http::client::{self, Client};

/// A call without the API token, as an app or a browser makes it.
pub(crate) struct Plain<'c> {
    pub(crate) path: &'c str,
    pub(crate) content_type: &'static str,
    /// The app's own credentials.
    pub(crate) authorization: Option<&'c str>,
    pub(crate) body: String,
}

impl Client {
    /// Makes the call once. An answer that asks for something else is an answer, whatever its status.
    pub(crate) async fn plain(&self, call: Plain<'_>) -> Result<Value, Fault> {
        let address = format!("{}{}", self.origin(), call.path);
        let mut request = self.http().post(address);
        request = request
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, call.content_type)
            .body(call.body);
        if let Some(authorization) = call.authorization {
            let mut header = HeaderValue::try_from(authorization)
                .map_err(|_| Fault::unexpected("the secret of the app fits into no header"))?;
            header.set_sensitive(true);
            request = request.header(AUTHORIZATION, header);
        }
        let method = http::Method::POST;
        let answer = match request.send().await {
            Ok(response) => client::read(response).await,
            Err(error) => Err(error),
        };
        let answer = answer.map_err(|error| client::silence(&method, call.path, &error))?;
        let is_screen =
            answer.body["stateHandle"].is_string() || answer.body["remediation"].is_object();
        if answer.status == StatusCode::OK || is_screen {
            return Ok(answer.body);
        }
        let refusal = Refusal {
            method,
            path: call.path.to_owned(),
            status: answer.status,
            body: described(answer.body),
        };
        Err(refusal.into())
    }
}

/// OAuth and the sign-in say otherwise what is wrong than the management API.
fn described(body: Value) -> Value {
    let text = body["error_description"].as_str();
    let text = text.or_else(|| body["messages"]["value"][0]["message"].as_str());
    match text {
        Some(text) => serde_json::json!({"errorSummary": text}),
        None => body,
    }
}
