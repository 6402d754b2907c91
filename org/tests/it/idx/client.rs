//! An app that asks people itself, and what it may rely on in each answer.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Map, Value, json};
use testkit::{Browser, ORG_URL, Page, TestOrg};

use super::shape::check_shape;
use crate::support::{CHALLENGE, VERIFIER};

pub(super) const PASSWORD_ONLY: &str = "0oaIdxPassword000000";
pub(super) const TWO_FACTORS: &str = "0oaIdxTwoFactors0000";
pub(super) const ONE_FACTOR: &str = "0oaIdxOneFactor00000";
pub(super) const CLOSED: &str = "0oaIdxClosed00000000";
pub(super) const WEB: &str = "0oaIdxWeb00000000000";
pub(super) const WITHOUT_GRANT: &str = "0oaIdxNoGrant0000000";

pub(super) const CALLBACK: &str = "https://spa.example.com/cb";
/// A page of an app on the org's own host.
pub(super) const BESIDE: &str = "http://localhost:3000/cb";
pub(super) const IDA: &str = "ida@example.com";
pub(super) const FAY: &str = "fay@example.com";
pub(super) const UNA: &str = "una@example.com";
pub(super) const XENA: &str = "xena@example.com";
pub(super) const SECRET: &str = "Correct-horse-7";

pub(super) const ION: &str = "application/ion+json; okta-version=1.0.0";
const PLAIN: &str = "application/json; okta-version=1.0.0";

/// An org with the people and apps of these tests.
pub(super) async fn start() -> TestOrg {
    TestOrg::with_seed(include_str!("seed.json")).await
}

/// The form of a request for an interaction.
pub(super) fn interaction(client_id: &str) -> Vec<(&str, &str)> {
    vec![
        ("client_id", client_id),
        ("scope", "openid profile email"),
        ("redirect_uri", CALLBACK),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("state", "state-1"),
        ("nonce", "nonce-1"),
    ]
}

pub(super) async fn interact(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    let url = format!("{ORG_URL}/oauth2/default/v1/interact");
    browser.post(&url, fields).await
}

/// Posts JSON as Okta's SDK does.
pub(super) async fn post(browser: &mut Browser, url: &str, media: &str, body: &Value) -> Page {
    let media = HeaderValue::from_str(media).expect("a header");
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, media.clone()), (ACCEPT, media)]);
    let body = Bytes::from(body.to_string());
    browser.send(Method::POST, url, headers, body).await
}

/// Begins a sign-in for an app and shows the first step.
pub(super) async fn begin(org: &TestOrg, client_id: &str) -> Step {
    begin_in(org.browser(), &interaction(client_id)).await
}

/// The same on a page of the org's own host.
pub(super) async fn begin_beside(org: &TestOrg, client_id: &str) -> Step {
    let fields = with(client_id, "redirect_uri", BESIDE);
    begin_in(org.browser(), &fields).await
}

/// A request for an interaction in which one field is another.
pub(super) fn with<'a>(
    client_id: &'a str,
    name: &'a str,
    value: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let mut fields = interaction(client_id);
    fields.retain(|(known, _)| *known != name);
    fields.push((name, value));
    fields
}

/// Begins a sign-in in a browser and shows the first step.
pub(super) async fn begin_in(mut browser: Browser, fields: &[(&str, &str)]) -> Step {
    let answer = interact(&mut browser, fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let handle = answer.json()["interaction_handle"].clone();
    introspect(browser, &json!({ "interactionHandle": handle })).await
}

pub(super) async fn introspect(mut browser: Browser, body: &Value) -> Step {
    let url = format!("{ORG_URL}/idp/idx/introspect");
    let page = post(&mut browser, &url, ION, body).await;
    Step::new(browser, &page)
}

/// One answer of the API, which was looked over whatever the test is about.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) browser: Browser,
    pub(super) status: u16,
    pub(super) body: Value,
}

impl Step {
    fn new(browser: Browser, page: &Page) -> Self {
        let body = page.json();
        check_shape(&body);
        Self {
            browser,
            status: page.status.as_u16(),
            body,
        }
    }

    /// What can be done next.
    pub(super) fn names(&self) -> Vec<&str> {
        let list = self.body["remediation"]["value"].as_array();
        list.into_iter()
            .flatten()
            .map(|remediation| remediation["name"].as_str().expect("a name"))
            .collect()
    }

    pub(super) fn remediation(&self, name: &str) -> &Value {
        let list = self.body["remediation"]["value"].as_array();
        let found = list
            .into_iter()
            .flatten()
            .find(|remediation| remediation["name"] == name);
        found.unwrap_or_else(|| panic!("{name} in {}", self.body))
    }

    /// The keys of all messages, of the page and of fields; what several fields in a row say, once.
    pub(super) fn messages(&self) -> Vec<String> {
        let mut keys = Vec::new();
        collect_keys(&self.body, &mut keys);
        keys.dedup();
        keys
    }

    /// Fills in the form of this name and sends it.
    pub(super) async fn proceed(self, name: &str, values: Value) -> Self {
        let form = self.remediation(name).clone();
        self.send(&form, values).await
    }

    /// Presses a button that stands at `pointer` of the answer.
    pub(super) async fn press(self, pointer: &str) -> Self {
        let form = self.body.pointer(pointer).cloned();
        let form = form.unwrap_or_else(|| panic!("{pointer} in {}", self.body));
        self.send(&form, json!({})).await
    }

    async fn send(mut self, form: &Value, values: Value) -> Self {
        let mut body = values.as_object().cloned().unwrap_or_default();
        fill_in_fixed(form, &mut body);
        let href = form["href"].as_str().expect("an address");
        let page = post(&mut self.browser, href, PLAIN, &Value::Object(body)).await;
        Self::new(self.browser, &page)
    }

    /// The choice of this label in a form that lists authenticators.
    pub(super) fn option(&self, form: &str, label: &str) -> &Value {
        let fields = self.remediation(form)["value"].as_array();
        let options = fields
            .into_iter()
            .flatten()
            .find(|field| field["name"] == "authenticator")
            .and_then(|field| field["options"].as_array());
        let found = options
            .into_iter()
            .flatten()
            .find(|option| option["label"] == label);
        found.unwrap_or_else(|| panic!("{label} in {form} of {}", self.body))
    }

    /// Chooses an authenticator, by a method of it where there are several.
    pub(super) async fn choose(self, form: &str, label: &str, method: Option<&str>) -> Self {
        let fields = self.option(form, label)["value"]["form"]["value"].clone();
        let mut chosen = fixed(&fields);
        if let Some(method) = method {
            chosen.insert("methodType".to_owned(), json!(method));
        }
        self.proceed(form, json!({ "authenticator": chosen })).await
    }

    pub(super) async fn identify(self, login: &str) -> Self {
        self.proceed("identify", json!({ "identifier": login }))
            .await
    }

    /// Username and password, whether there was a choice or not.
    pub(super) async fn with_password(self, login: &str) -> Self {
        self.until_password(login).await.answer(SECRET).await
    }

    /// Until the password is asked for.
    pub(super) async fn until_password(self, login: &str) -> Self {
        let step = self.identify(login).await;
        let select = "select-authenticator-authenticate";
        if step.names().contains(&"challenge-authenticator") {
            step
        } else {
            step.choose(select, "Password", None).await
        }
    }

    pub(super) async fn answer(self, passcode: &str) -> Self {
        let values = json!({ "credentials": { "passcode": passcode } });
        self.proceed("challenge-authenticator", values).await
    }

    /// The interaction code, when the person is signed in.
    pub(super) fn code(&self) -> Option<&str> {
        let fields = self.body["successWithInteractionCode"]["value"].as_array();
        let mut fields = fields.into_iter().flatten();
        fields.find(|field| field["name"] == "interaction_code")?["value"].as_str()
    }

    /// Exchanges the code as a public app does.
    pub(super) async fn redeem(&mut self) -> Page {
        let code = self.code().expect("an interaction code").to_owned();
        let issue = &self.body["successWithInteractionCode"];
        let client = issue["value"].as_array().expect("fields")[2]["value"].clone();
        let url = issue["href"].as_str().expect("an address").to_owned();
        let fields = [
            ("grant_type", "interaction_code"),
            ("interaction_code", code.as_str()),
            ("client_id", client.as_str().expect("a client")),
            ("code_verifier", VERIFIER),
            ("redirect_uri", CALLBACK),
        ];
        self.browser.post(&url, &fields).await
    }
}

/// What must come back as it is.
fn fill_in_fixed(form: &Value, body: &mut Map<String, Value>) {
    for (name, value) in fixed(&form["value"]) {
        body.entry(name).or_insert(value);
    }
    for field in form["value"].as_array().into_iter().flatten() {
        let Some(name) = field["name"].as_str() else {
            continue;
        };
        if let Some(Value::Object(members)) = body.get_mut(name) {
            for (name, value) in fixed(&field["form"]["value"]) {
                members.entry(name).or_insert(value);
            }
        }
    }
}

fn fixed(fields: &Value) -> Map<String, Value> {
    let fields = fields.as_array().into_iter().flatten();
    fields
        .filter(|field| field["mutable"] == json!(false))
        .map(|field| {
            let name = field["name"].as_str().expect("a name");
            (name.to_owned(), field["value"].clone())
        })
        .collect()
}

fn collect_keys(value: &Value, keys: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(key) = members.get("i18n").and_then(|i18n| i18n["key"].as_str()) {
                keys.push(key.to_owned());
            }
            members
                .values()
                .for_each(|member| collect_keys(member, keys));
        }
        Value::Array(members) => members.iter().for_each(|member| collect_keys(member, keys)),
        _ => {}
    }
}
