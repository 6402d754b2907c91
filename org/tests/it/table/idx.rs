//! The interaction code flow.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};
use testkit::{Browser, ORG_URL, TestOrg};

use super::face::{Act, Face, Pending, Question, Seen};
use crate::support::{CHALLENGE, basic};

const JSON: HeaderValue = HeaderValue::from_static("application/json; okta-version=1.0.0");

#[derive(Debug, Clone)]
pub(super) struct Idx {
    browser: Browser,
    body: Value,
}

impl Idx {
    pub(super) async fn begin(org: &TestOrg, app: &str) -> Self {
        let mut browser = org.browser();
        let client_id = format!("{:0<20}", format!("0oaTable{app}"));
        // Passkeys work on the pages of apps that are on the org's own host.
        let callback = "http://localhost:3000/callback";
        let fields = [
            ("client_id", client_id.as_str()),
            ("scope", "openid"),
            ("redirect_uri", callback),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("state", "s"),
        ];
        let url = format!("{ORG_URL}/oauth2/v1/interact");
        let headers = if app == "Pwd" {
            basic(&client_id, "table-secret")
        } else {
            HeaderMap::new()
        };
        let fields = if app == "Pwd" {
            &fields[1..]
        } else {
            &fields[..]
        };
        let answer = browser.post_with(&url, headers, fields).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let handle = answer.json()["interaction_handle"].clone();
        let mut idx = Self {
            browser,
            body: Value::Null,
        };
        let body = json!({ "interactionHandle": handle });
        idx.send(&format!("{ORG_URL}/idp/idx/introspect"), body)
            .await;
        idx
    }

    async fn send(&mut self, url: &str, body: Value) {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, JSON), (ACCEPT, JSON)]);
        let body = Bytes::from(body.to_string());
        let answer = self.browser.send(Method::POST, url, headers, body).await;
        self.body = answer.json();
    }

    pub(super) async fn cancel(&mut self) {
        let handle = self.body["stateHandle"].clone();
        let url = format!("{ORG_URL}/idp/idx/cancel");
        self.send(&url, json!({ "stateHandle": handle })).await;
    }

    pub(super) fn text(&self) -> String {
        self.body.to_string()
    }

    pub(super) fn may_recover(&self) -> bool {
        self.body.to_string().contains("/idp/idx/recover")
    }

    fn remediation(&self, name: &str) -> Option<&Value> {
        let list = self.body["remediation"]["value"].as_array()?;
        list.iter().find(|remediation| remediation["name"] == name)
    }

    async fn proceed(&mut self, name: &str, mut values: Value) {
        let href = match name {
            "recover" => ["currentAuthenticator", "currentAuthenticatorEnrollment"]
                .into_iter()
                .find_map(|current| self.body[current]["value"]["recover"]["href"].as_str()),
            _ => self
                .remediation(name)
                .and_then(|found| found["href"].as_str()),
        };
        let href = href
            .unwrap_or_else(|| panic!("{name} in {:#}", self.body))
            .to_owned();
        values["stateHandle"] = self.body["stateHandle"].clone();
        self.send(&href, values).await;
    }

    /// The keys of the authenticators that a remediation offers.
    fn offered(&self, name: &str) -> Vec<String> {
        let Some(remediation) = self.remediation(name) else {
            return Vec::new();
        };
        let fields = remediation["value"].as_array().expect("fields");
        let authenticator = fields.iter().find(|field| field["name"] == "authenticator");
        let options = authenticator.and_then(|field| field["options"].as_array());
        options
            .into_iter()
            .flatten()
            .map(|option| {
                let path = option["relatesTo"].as_str().expect("what it relates to");
                self.key_at(path)
            })
            .collect()
    }

    fn key_at(&self, path: &str) -> String {
        let pointer = path
            .trim_start_matches('$')
            .replace(['.', '['], "/")
            .replace(']', "");
        let found = self.body.pointer(&pointer);
        let key = found.and_then(|found| found["key"].as_str());
        key.unwrap_or_else(|| panic!("{path} in {:#}", self.body))
            .to_owned()
    }

    /// The choice of an authenticator, as the form of the remediation wants it.
    fn choice(&self, name: &str, key: &str, method: Option<&str>) -> Value {
        let remediation = self.remediation(name).expect("something to choose from");
        let fields = remediation["value"].as_array().expect("fields");
        let field = fields
            .iter()
            .find(|field| field["name"] == "authenticator")
            .expect("an authenticator");
        let option = match field["options"].as_array() {
            None => field["form"]["value"].clone(),
            Some(options) => {
                let keys = self.offered(name);
                let index = keys.iter().position(|offered| offered == key);
                options[index.expect("it is offered")]["value"]["form"]["value"].clone()
            }
        };
        let mut chosen = json!({});
        for part in option.as_array().expect("parts") {
            let part_name = part["name"].as_str().expect("a name");
            if let Some(value) = part.get("value") {
                chosen[part_name] = value.clone();
            }
        }
        if let Some(method) = method {
            chosen["methodType"] = method.into();
        }
        json!({ "authenticator": chosen })
    }

    fn current(&self) -> &Value {
        let current = ["currentAuthenticatorEnrollment", "currentAuthenticator"]
            .into_iter()
            .find_map(|name| self.body.get(name));
        current.map_or(&Value::Null, |current| &current["value"])
    }

    fn question(&self) -> Question {
        if self.body.get("successWithInteractionCode").is_some() {
            return Question::Done;
        }
        let first = self.body["remediation"]["value"][0]["name"].as_str();
        let key = || {
            self.current()["key"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        match first {
            Some("identify" | "identify-recovery") => Question::Identify,
            Some("challenge-authenticator") => {
                let method = self.current()["methods"][0]["type"].as_str();
                Question::Answer(method.unwrap_or_default().to_owned())
            }
            Some(name @ "select-authenticator-authenticate") => {
                Question::Choose(self.offered(name))
            }
            Some("authenticator-verification-data") => Question::PhoneMethod,
            Some(name @ "select-authenticator-enroll") => {
                let may_skip = self.remediation("skip").is_some();
                Question::SetUp(self.offered(name), may_skip)
            }
            Some("authenticator-enrollment-data") => Question::PhoneNumber,
            Some("enroll-authenticator") => Question::New(key()),
            Some("reenroll-authenticator") => Question::Expired,
            Some("reset-authenticator") => Question::Reset,
            Some("enroll-profile") => Question::Profile,
            Some(other) => panic!("{other} is not in the table"),
            None => Question::Stop(self.reason().to_owned()),
        }
    }

    fn reason(&self) -> &str {
        let key = self.body["messages"]["value"][0]["i18n"]["key"].as_str();
        match key.unwrap_or_default() {
            "oie.assurance.unsatisfiable" => "unsatisfiable",
            "security.access_denied" => "denied",
            "idx.error.user.not.assigned.to.app" | "idx.error.code.user_not_assigned" => {
                "unassigned"
            }
            "oie.selfservice.reset.password.not.allowed" => "no reset",
            other => other,
        }
    }
}

impl Face for Idx {
    fn seen(&self) -> Seen {
        let text = self.body.to_string();
        Seen {
            question: self.question(),
            is_refused: text.contains("\"class\":\"ERROR\""),
        }
    }

    fn act<'a>(&'a mut self, act: Act<'a>) -> Pending<'a> {
        Box::pin(async move {
            let first = self.body["remediation"]["value"][0]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let passcode = |passcode: &str| json!({ "credentials": { "passcode": passcode } });
            match act {
                Act::Identify(login) => {
                    self.proceed("identify", json!({ "identifier": login }))
                        .await;
                }
                Act::Passcode(code) | Act::NewPassword(code) => {
                    self.proceed(&first, passcode(code)).await;
                }
                Act::Choose(key, method) => {
                    let choice = self.choice(&first, key, method);
                    self.proceed(&first, choice).await;
                }
                Act::Number(number) => {
                    let mut choice = self.choice(&first, "phone_number", Some("sms"));
                    choice["authenticator"]["phoneNumber"] = number.into();
                    self.proceed(&first, choice).await;
                }
                Act::Skip => self.proceed("skip", json!({})).await,
                Act::Recover => self.proceed("recover", json!({})).await,
                Act::Register => self.proceed("select-enroll-profile", json!({})).await,
                Act::Profile(values) => {
                    let profile: serde_json::Map<String, Value> = values
                        .iter()
                        .map(|(name, value)| ((*name).to_owned(), (*value).into()))
                        .collect();
                    self.proceed("enroll-profile", json!({ "userProfile": profile }))
                        .await;
                }
            }
            self.seen()
        })
    }
}
