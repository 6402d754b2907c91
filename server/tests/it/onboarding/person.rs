//! Somebody with a browser, at the org's pages and at those of the app.

use http::HeaderMap;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};
use testkit::{Browser, ORG_URL, PASSWORD, Page};

use crate::support::{Program, at, own_page};

/// What the app asks for to take people through onboarding.
const SCOPES: [&str; 9] = bff::ONBOARDING_SCOPES;

/// Lets the app see what people have and lack, as an administrator would.
pub(super) fn grant(program: &Program) {
    for scope in SCOPES {
        program.org.execute(
            "INSERT INTO app_grants (id, app_id, scope, issuer, created_at) \
             SELECT ?1, id, ?2, ?3, 0 FROM apps WHERE label = 'Portico'",
            (format!("oag{scope}"), scope, ORG_URL),
        );
    }
}

/// Somebody on their way.
pub(super) struct Person {
    pub(super) browser: Browser,
    pub(super) page: Page,
}

impl Person {
    /// Comes to the app, which leads to the org's page.
    pub(super) async fn arrive(program: &Program) -> Self {
        let mut browser = program.browser();
        let page = browser.visit(&at("/login")).await;
        Self { browser, page }
    }

    /// Signs in with a password, at the org's page.
    pub(super) async fn sign_in(program: &Program, login: &str) -> Self {
        let mut person = Self::arrive(program).await;
        person.fill("identify", &[("identifier", login)]).await;
        person.fill("password", &[("password", PASSWORD)]).await;
        person.skip_set_up().await;
        person
    }

    /// Sends the form of the page whose address ends so, and follows where it leads.
    pub(super) async fn fill(&mut self, form: &str, fields: &[(&str, &str)]) {
        let form = self.page.form(&format!("/{form}"));
        let sent = self.browser.submit(&self.page, form, fields).await;
        self.page = self.browser.follow(sent).await;
    }

    /// The org may offer more on the first sign-in.
    pub(super) async fn skip_set_up(&mut self) {
        if !self.page.forms("/skip").is_empty() {
            self.fill("skip", &[]).await;
        }
    }

    /// Sends a form of the app with what the page has in it, as its own pages do, and follows where it leads.
    pub(super) async fn send(&mut self, action: &str, fields: &[(&str, &str)]) {
        let path = format!("/api/onboarding/{action}");
        let mut filled: Vec<(String, String)> = self
            .page
            .forms(&path)
            .into_iter()
            .next()
            .map(|form| form.fields)
            .unwrap_or_default();
        for (name, value) in fields {
            filled.retain(|(known, _)| known != name);
            filled.push(((*name).to_owned(), (*value).to_owned()));
        }
        if !filled.iter().any(|(name, _)| name == "then") {
            filled.push(("then".to_owned(), String::new()));
        }
        let filled: Vec<_> = filled
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let sent = self
            .browser
            .post_with(&at(&path), own_page(), &filled)
            .await;
        assert_eq!(sent.status, 303, "{path}: {}", sent.text());
        self.page = self.browser.follow(sent).await;
        assert_eq!(self.page.status, 200, "{path}: {}", self.page.text());
    }

    pub(super) async fn open(&mut self, path: &str) {
        self.page = self.browser.visit(&at(path)).await;
    }

    pub(super) fn text(&self) -> String {
        self.page.text()
    }

    /// The step that the page shows, in the words of the list of steps.
    pub(super) fn step(&self) -> String {
        let text = self.text();
        let Some((_, rest)) = text.split_once("aria-current=\"step\"") else {
            return if text.contains("You are all set") {
                "done".to_owned()
            } else {
                format!("no step: {} {}", self.page.url, text)
            };
        };
        let (_, rest) = rest.split_once("<span>").unwrap_or_default();
        rest.split('<').next().unwrap_or_default().to_owned()
    }

    /// Every step of the list, with a tick for those that are done.
    pub(super) fn steps(&self) -> String {
        let text = self.text();
        let (_, rest) = text.split_once("<ol class=\"steps\">").unwrap_or_default();
        let list = rest.split("</ol>").next().unwrap_or_default();
        let steps = list.split("<li").skip(1).map(|item| {
            let is_done = item.contains("(done)");
            let name = ["Welcome", "Email", "Your name", "Security", "Preferences"]
                .into_iter()
                .find(|name| item.contains(&format!(">{name}<")))
                .unwrap_or("?");
            format!("{name}{}", if is_done { "✓" } else { "" })
        });
        steps.collect::<Vec<_>>().join(" ")
    }
}

/// An administrator of the org.
pub(super) struct Administrator {
    browser: Browser,
    token: String,
}

impl Administrator {
    pub(super) async fn of(program: &Program) -> Self {
        let mut administrator = Self {
            browser: program.browser(),
            token: String::new(),
        };
        let made = administrator
            .call(http::Method::POST, "/dev/api-token", json!({}))
            .await;
        made["token"]
            .as_str()
            .expect("a token")
            .clone_into(&mut administrator.token);
        administrator
    }

    pub(super) async fn call(&mut self, method: http::Method, path: &str, body: Value) -> Value {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, "application/json".parse().expect("a type"));
        let token = format!("SSWS {}", self.token);
        headers.insert(AUTHORIZATION, token.parse().expect("a header"));
        let url = format!("{ORG_URL}{path}");
        let answer = self
            .browser
            .send(method, &url, headers, body.to_string().into())
            .await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text());
        if answer.body.is_empty() {
            Value::Null
        } else {
            answer.json()
        }
    }

    /// Makes an account, and gives what the org says of it.
    pub(super) async fn create(&mut self, login: &str, credentials: Value) -> Value {
        let body = json!({
            "profile": {"login": login, "email": login, "firstName": "Uma", "lastName": "New"},
            "credentials": credentials,
        });
        self.call(http::Method::POST, "/api/v1/users?activate=true", body)
            .await
    }
}
