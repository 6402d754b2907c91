//! Secrets stay where they belong: not in what the API reads, in errors, or in the System Log.

use std::io::Write;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use org::SystemLogLines;
use serde_json::{Value, json};
use testkit::{ORG_URL, TEST_SEED, TestOrg};

use super::hostile::{address, parameters};
use super::{Answer, Api};
use crate::support::{Authorize, JOHN, basic, sign_in_with, tokens_for};

const USER: &str = "/api/v1/users/john.doe@example.com";
const PASSWORD: &str = "Canary-Password-7131";
const NEXT_PASSWORD: &str = "Canary-Password-7132";
const WRONG_PASSWORD: &str = "Canary-Wrong-7133";
const ANSWER: &str = "canary answer 7134";

/// What the org writes to stdout.
#[derive(Debug, Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a lock").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What must be found nowhere, and what was answered to somebody who should not learn it.
#[derive(Default)]
struct Canaries {
    secrets: Vec<(String, String)>,
    texts: Vec<(String, String)>,
}

impl Canaries {
    fn keep(&mut self, what: &str, secret: &Value) {
        let secret = secret.as_str().unwrap_or_else(|| panic!("no {what}"));
        self.secrets.push((what.to_owned(), secret.to_owned()));
    }

    fn refused(&mut self, whose: &str, answer: &Answer) {
        assert!(answer.status.is_client_error(), "{whose}: {}", answer.body);
        self.texts.push((whose.to_owned(), answer.body.to_string()));
    }

    fn assert_hidden(&self) {
        for (whose, text) in &self.texts {
            for (what, secret) in &self.secrets {
                // Okta shows the secrets of an app to its administrators.
                let is_shown = what == "client secret" && whose.contains("/api/v1/apps");
                assert!(
                    is_shown || !text.contains(secret.as_str()),
                    "{what} in {whose}: {text}"
                );
            }
        }
    }
}

/// Gives John, an app and an imported user all the secrets that the API can give.
async fn scatter(org: &TestOrg, api: &mut Api, canaries: &mut Canaries) {
    for (what, secret) in [
        ("password", PASSWORD),
        ("next password", NEXT_PASSWORD),
        ("wrong password", WRONG_PASSWORD),
        ("answer", ANSWER),
    ] {
        canaries.keep(what, &json!(secret));
    }
    let credentials = json!({"credentials": {
        "password": {"value": PASSWORD},
        "recovery_question": {"question": "Which bird?", "answer": ANSWER},
    }});
    let changed = api.post(USER, credentials).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let factor = json!({"factorType": "token:software:totp", "provider": "GOOGLE"});
    let factor = api.post(&format!("{USER}/factors"), factor).await;
    canaries.keep(
        "seed of codes",
        &factor.body["_embedded"]["activation"]["sharedSecret"],
    );
    let (hash, salt) = (STANDARD.encode([0x71; 32]), STANDARD.encode([0x31; 16]));
    canaries.keep("hash", &json!(hash));
    canaries.keep("salt", &json!(salt));
    let imported = json!({
        "profile": {"firstName": "I", "lastName": "M", "login": "imported@example.com", "email": "imported@example.com"},
        "credentials": {"password": {"hash": {"algorithm": "SHA-256", "salt": salt, "saltOrder": "PREFIX", "value": hash}}},
    });
    let imported = api.post("/api/v1/users?activate=true", imported).await;
    assert_eq!(imported.status, 200, "{}", imported.body);
    let app = json!({
        "name": "oidc_client", "label": "Canary", "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
        "settings": {"oauthClient": {"application_type": "web", "grant_types": ["authorization_code"],
            "response_types": ["code"], "redirect_uris": ["http://127.0.0.1:3190/callback"]}},
    });
    let app = api.post("/api/v1/apps", app).await;
    canaries.keep(
        "client secret",
        &app.body["credentials"]["oauthClient"]["client_secret"],
    );
    sign_in_and_forget(org, api, canaries).await;
}

/// The secrets of sign-ins and of ways back in.
async fn sign_in_and_forget(org: &TestOrg, api: &mut Api, canaries: &mut Canaries) {
    let mut browser = org.browser();
    let jane = tokens_for(&mut browser, &Authorize::portico(), crate::support::JANE).await;
    canaries.keep("access token", &jane["access_token"]);
    canaries.keep("ID token", &jane["id_token"]);
    let cookie = browser.cookie("localhost", "idx").expect("a session");
    canaries.keep("session cookie", &json!(cookie));
    let mut stranger = org.browser();
    let refused = sign_in_with(&mut stranger, &Authorize::portico(), JOHN, WRONG_PASSWORD).await;
    canaries
        .texts
        .push(("a wrong password".to_owned(), refused.text()));
    let reset = api
        .post(
            &format!("{USER}/lifecycle/reset_password?sendEmail=false"),
            json!({}),
        )
        .await;
    let link = reset.body["resetPasswordUrl"].as_str().expect("a link");
    canaries.keep("reset token", &json!(link.rsplit('/').next()));
    let other = "/api/v1/users/imported@example.com";
    let temporary = format!("{other}/lifecycle/expire_password_with_temp_password");
    let temporary = api.post(&temporary, json!({})).await;
    canaries.keep("temporary password", &temporary.body["tempPassword"]);
}

/// Calls that are wrong, with secrets in them.
async fn err(org: &TestOrg, api: &mut Api, canaries: &mut Canaries) {
    let wrong_old =
        json!({"oldPassword": {"value": WRONG_PASSWORD}, "newPassword": {"value": NEXT_PASSWORD}});
    for (path, body) in [
        (format!("{USER}/credentials/change_password"), wrong_old),
        (
            "/api/v1/users".to_owned(),
            json!({"profile": {"login": "x"}, "credentials": {"password": {"value": PASSWORD}}}),
        ),
        (
            USER.to_owned(),
            json!({"credentials": {"password": {"value": PASSWORD, "hook": PASSWORD}}, "profile": PASSWORD}),
        ),
        (
            "/api/v1/authn".to_owned(),
            json!({"username": JOHN, "password": WRONG_PASSWORD}),
        ),
    ] {
        let answer = api.post(&path, body).await;
        canaries.refused(&path, &answer);
    }
    let unreadable = format!("{{\"password\": \"{PASSWORD}\",, }}");
    let answer = api
        .call_with_text(Method::POST, USER, Some(unreadable))
        .await;
    canaries.refused("an unreadable body", &answer);
    let token = org
        .browser()
        .send(
            Method::POST,
            &format!("{ORG_URL}/oauth2/v1/token"),
            basic(crate::support::PORTICO, WRONG_PASSWORD),
            format!("grant_type=authorization_code&code={WRONG_PASSWORD}&redirect_uri=x").into(),
        )
        .await;
    canaries
        .texts
        .push(("the token endpoint".to_owned(), token.text()));
}

/// Reads everything that the API reads.
async fn read_all(org: &TestOrg, api: &mut Api, canaries: &mut Canaries) {
    let mut known = parameters(api).await;
    let factors = api.get(&format!("{USER}/factors")).await;
    let factor = factors.body[0]["id"].as_str().expect("a factor");
    known.insert("factorId", factor.to_owned());
    let mut read = 0;
    for operation in org.org().api_operations() {
        if operation.method != Method::GET || operation.path.contains("/qr/") {
            continue;
        }
        let path = address(&operation, &known);
        let answer = api.get(&path).await;
        read += usize::from(answer.status.is_success());
        canaries.texts.push((path, answer.body.to_string()));
    }
    assert!(read > 60, "{read} operations were read");
}

#[tokio::test]
async fn no_secret_is_in_a_list_an_error_or_the_system_log() {
    let sink = Sink::default();
    let lines = sink.clone();
    let org = TestOrg::with_config(TEST_SEED, move |config| {
        config.system_log = Some(SystemLogLines::to(lines));
    })
    .await;
    let made = Api::nobody(&org).post("/dev/api-token", json!({})).await;
    let mut canaries = Canaries::default();
    canaries.keep("API token", &made.body["token"]);
    let token = made.body["token"].as_str().expect("a token");
    let mut api = Api::nobody(&org).with_authorization(&format!("SSWS {token}"));
    scatter(&org, &mut api, &mut canaries).await;
    err(&org, &mut api, &mut canaries).await;
    read_all(&org, &mut api, &mut canaries).await;
    let mut path = Some(
        "/api/v1/logs?since=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z&limit=1000".to_owned(),
    );
    while let Some(page) = path {
        let answer = api.get(&page).await;
        path = answer.link("next");
        canaries
            .texts
            .push(("the System Log".to_owned(), answer.body.to_string()));
    }
    let stdout = String::from_utf8(sink.0.lock().expect("a lock").clone()).expect("text");
    assert!(stdout.lines().count() > 10, "{stdout}");
    canaries.texts.push(("stdout".to_owned(), stdout));
    canaries.assert_hidden();
}

#[tokio::test]
async fn the_database_keeps_no_password_and_no_token_as_it_was_sent() {
    let org = TestOrg::start().await;
    let made = Api::nobody(&org).post("/dev/api-token", json!({})).await;
    let token = made.body["token"].as_str().expect("a token").to_owned();
    let mut api = Api::nobody(&org).with_authorization(&format!("SSWS {token}"));
    let mut canaries = Canaries::default();
    canaries.keep("API token", &json!(token));
    scatter(&org, &mut api, &mut canaries).await;
    drop(api);
    let database = org.database();
    database
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("a checkpoint");
    let bytes = std::fs::read(org.dir().path().join("org.sqlite3")).expect("the database");
    for (what, secret) in &canaries.secrets {
        let is_there = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        // An imported hash and its salt are what a password is compared with until it is first given.
        assert!(
            !is_there || ["hash", "salt"].contains(&what.as_str()),
            "{what}"
        );
    }
}
