//! Changes that somebody makes in the org by hand.

use serde_json::{Value, json};

use crate::local::{APP, Local};

/// The API as a person with a token uses it.
pub(crate) struct Hand<'l> {
    local: &'l Local,
    http: reqwest::Client,
    token: String,
}

impl<'l> Hand<'l> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is at the edge, and its person has a client of their own"
    )]
    pub(crate) async fn of(local: &'l Local) -> Self {
        let mut hand = Self {
            local,
            http: reqwest::Client::new(),
            token: String::new(),
        };
        let answer = hand.call("POST", "/dev/api-token", json!({})).await;
        answer["token"]
            .as_str()
            .expect("a token")
            .clone_into(&mut hand.token);
        hand
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Value) -> Value {
        let address = self.local.url.join(path).expect("an address");
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self.http.request(method.clone(), address);
        let request = request
            .header("authorization", format!("SSWS {}", self.token))
            .header("content-type", "application/json")
            .body(if body.is_null() {
                String::new()
            } else {
                body.to_string()
            });
        let response = request.send().await.expect("an answer");
        let status = response.status();
        let text = response.text().await.expect("a body");
        assert!(status.is_success(), "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.call("GET", path, Value::Null).await
    }

    /// The address of the entry of a list with this value.
    pub(crate) async fn find(&self, list: &str, pointer: &str, value: impl Into<Value>) -> String {
        let value = value.into();
        let entries = self.get(list).await;
        let entries = entries.as_array().expect("a list");
        let entry = entries
            .iter()
            .find(|entry| entry.pointer(pointer) == Some(&value));
        let entry = entry.unwrap_or_else(|| panic!("{value} in {list}"));
        let path = list.split('?').next().unwrap_or_default();
        format!("{path}/{}", entry["id"].as_str().expect("an id"))
    }

    pub(crate) async fn group(&self, name: &str) -> String {
        self.find("/api/v1/groups", "/profile/name", name).await
    }

    pub(crate) async fn app(&self) -> String {
        self.find("/api/v1/apps", "/label", APP).await
    }

    pub(crate) async fn policy(&self, policy_type: &str, name: &str) -> String {
        self.find(
            &format!("/api/v1/policies?type={policy_type}"),
            "/name",
            name,
        )
        .await
    }

    /// The first rule of a policy, which is the only one of those that the guide makes.
    pub(crate) async fn rule(&self, policy_type: &str, name: &str) -> String {
        let policy = self.policy(policy_type, name).await;
        let rules = self.get(&format!("{policy}/rules")).await;
        format!(
            "{policy}/rules/{}",
            rules[0]["id"].as_str().expect("a rule")
        )
    }

    /// Changes one field of an object.
    pub(crate) async fn set(&self, address: &str, pointer: &str, value: Value) {
        let mut object = self.get(address).await;
        *object
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("{pointer} in {address}")) = value;
        self.call("PUT", address, object).await;
    }
}

/// The id at the end of an address.
pub(crate) fn id(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or_default()
}
