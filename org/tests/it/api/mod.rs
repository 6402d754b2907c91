//! The management API, through the router.

mod apps;
mod authenticators;
mod authorization;
mod authorization_servers;
mod brand_pages;
mod brands;
mod coverage;
mod factors;
mod features;
mod group_rules;
mod groups;
mod hostile;
mod logs;
mod members;
mod my_account;
mod my_email;
mod my_passkey;
mod org_settings;
mod policies;
mod policy_rules;
mod policy_simulation;
mod principal_rate_limits;
mod role_targets;
mod roles;
mod schemas;
mod secrets;
mod service_app;
mod sessions;
mod trusted_origins;
mod user_types;
mod users;
mod written_events;

use std::io::Write as _;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use testkit::{Browser, ORG_URL, TestOrg};

/// Somebody who calls the management API.
pub(crate) struct Api {
    browser: Browser,
    authorization: Option<String>,
}

/// An answer of the management API.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Null when there is no body.
    pub(crate) body: Value,
}

impl Api {
    /// A super administrator with an API token.
    pub(crate) async fn admin(org: &TestOrg) -> Self {
        Self::of(org, &json!({})).await
    }

    /// The administrator with this login.
    pub(crate) async fn of_user(org: &TestOrg, login: &str) -> Self {
        Self::of(org, &json!({"login": login})).await
    }

    async fn of(org: &TestOrg, whom: &Value) -> Self {
        let mut api = Self::nobody(org);
        let made = api.post("/dev/api-token", whom.clone()).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let token = made.body["token"].as_str().expect("a token");
        api.authorization = Some(format!("SSWS {token}"));
        api
    }

    /// Somebody without credentials.
    pub(crate) fn nobody(org: &TestOrg) -> Self {
        Self {
            browser: org.browser(),
            authorization: None,
        }
    }

    /// The same browser with other credentials.
    pub(crate) fn with_authorization(mut self, authorization: &str) -> Self {
        self.authorization = Some(authorization.to_owned());
        self
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&mut self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn patch(&mut self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Answer {
        self.call(Method::DELETE, path, None).await
    }

    /// Makes a call to a path of the org, or to an address as `Link` headers have them.
    pub(crate) async fn call(&mut self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let text = body.map(|body| body.to_string());
        self.call_with_text(method, path, text).await
    }

    /// The status of an answer that may have any body.
    pub(crate) async fn probe(&mut self, method: Method, path: &str) -> StatusCode {
        let page = self
            .browser
            .send(
                method,
                &format!("{ORG_URL}{path}"),
                HeaderMap::new(),
                Vec::new().into(),
            )
            .await;
        page.status
    }

    /// The same with a body that need not be JSON.
    pub(crate) async fn call_with_text(
        &mut self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Answer {
        self.call_with_headers(method, path, HeaderMap::new(), body)
            .await
    }

    /// A call with one more header.
    pub(crate) async fn call_with_header(
        &mut self,
        method: Method,
        path: &str,
        (name, value): (&'static str, &str),
        body: Option<Value>,
    ) -> Answer {
        let value = HeaderValue::from_str(value).expect("a header");
        let headers = HeaderMap::from_iter([(HeaderName::from_static(name), value)]);
        let text = body.map(|body| body.to_string());
        self.call_with_headers(method, path, headers, text).await
    }

    async fn call_with_headers(
        &mut self,
        method: Method,
        path: &str,
        mut headers: HeaderMap,
        body: Option<String>,
    ) -> Answer {
        let path = path.strip_prefix(ORG_URL).unwrap_or(path);
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.parse().expect("a header"));
        }
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if path.starts_with("/idp/myaccount") {
            let version = HeaderValue::from_static("application/json; okta-version=1.0.0");
            headers.entry(ACCEPT).or_insert(version);
        }
        let address = format!("{ORG_URL}{path}");
        let answer = self
            .browser
            .send(
                method.clone(),
                &address,
                headers,
                body.unwrap_or_default().into(),
            )
            .await;
        let body = if answer.body.is_empty() {
            Value::Null
        } else {
            answer.json()
        };
        record(&method, path, answer.status, &body);
        Answer {
            status: answer.status,
            headers: answer.headers,
            body,
        }
    }
}

/// Writes the answer down for `cargo xtask coverage --spec`, when it asks for that.
#[expect(
    clippy::disallowed_methods,
    reason = "the developer's command says so to the test alone"
)]
fn record(method: &Method, path: &str, status: StatusCode, body: &Value) {
    let Some(file) = std::env::var_os("PORTICO_RECORD_ANSWERS") else {
        return;
    };
    let line =
        json!({"method": method.as_str(), "path": path, "status": status.as_u16(), "body": body});
    let mut file = std::fs::File::options()
        .create(true)
        .append(true)
        .open(file)
        .expect("a file to write to");
    // One write, so that the lines of tests that run at the same time do not mix.
    file.write_all(format!("{line}\n").as_bytes())
        .expect("the line is written");
}

impl Answer {
    /// The address of a `Link` header.
    pub(crate) fn link(&self, rel: &str) -> Option<String> {
        let end = format!("; rel=\"{rel}\"");
        self.headers.get_all("link").iter().find_map(|link| {
            let link = link.to_str().ok()?.strip_suffix(&end)?;
            Some(link.trim_matches(['<', '>']).to_owned())
        })
    }

    /// The texts of the causes of an error.
    pub(crate) fn causes(&self) -> Vec<&str> {
        let causes = self.body["errorCauses"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        causes
            .iter()
            .filter_map(|cause| cause["errorSummary"].as_str())
            .collect()
    }
}
