//! The local org with its demo behind a socket of its own, and a line on which answers can be changed.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, DATE};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use clap::Parser;
use doctor::{DoctorArgs, Ending, Settings, Surroundings};
use serde_json::{Value, json};
use setup::{Fault, Pause};
use testkit::{Browser, SeededEntropy, TestClock, TestOrg};
use tokio::net::TcpListener;
use url::Url;

/// What every new org with the demo begins with.
const DEMO: &str = include_str!("../../../org/src/seed/demo.json");
/// The tests have no app that runs.
const SKIP: &str = "--skip SITE-,SIGN-IN-REQUEST";
const MAX_BODY: usize = 8 * 1024 * 1024;

/// Changes an answer on the line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    /// The ends of the paths whose answers are changed.
    pub(crate) paths: &'static [&'static str],
    pub(crate) how: fn(&mut Value),
}

#[derive(Debug, Clone, Default)]
struct Line(Arc<Mutex<Option<Change>>>);

pub(crate) struct Local {
    pub(crate) org: TestOrg,
    pub(crate) url: Url,
    line: Line,
}

#[derive(Debug, Parser)]
struct CommandLine {
    #[command(flatten)]
    args: DoctorArgs,
}

/// Waits for nothing.
#[derive(Debug)]
struct NoWait;

impl Pause for NoWait {
    fn pause(&self, _: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(std::future::ready(()))
    }
}

/// What a run of the program wrote, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) ending: Result<Ending, Fault>,
}

impl Local {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let port = listener.local_addr().expect("an address").port();
        let url = Url::parse(&format!("http://localhost:{port}")).expect("an address");
        let org = TestOrg::with_config(DEMO, |config| config.url = url.clone()).await;
        let line = Line::default();
        let now = HeaderValue::from_static("Mon, 05 Jan 2026 09:00:00 GMT");
        let router = org
            .org()
            .router()
            .layer(from_fn_with_state((line.clone(), now), pass));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { org, url, line }
    }

    /// Lets the line change answers from now on.
    pub(crate) fn change(&self, change: Option<Change>) {
        *self.line.0.lock().expect("a lock") = change;
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings {
            app_url: Url::parse(testkit::APP_URL).expect("an address"),
            app_listen: None,
            session_keys: None,
            org_url: self.url.clone(),
            org_listen: None,
            dev_pages: None,
            has_rate_limits: false,
            issuer: None,
            client_id: None,
            client_secret: None,
            scopes: None,
            own_page: None,
            files: vec![doctor::KeptFile {
                path: "data/app/session-keys".into(),
                mode: Some(0o600),
                is_folder: false,
            }],
        }
    }

    /// Runs `portico doctor` with these words.
    pub(crate) async fn doctor(&self, words: &str) -> Run {
        self.doctor_with(words, self.settings()).await
    }

    pub(crate) async fn doctor_with(&self, words: &str, settings: Settings) -> Run {
        let words = ["doctor"].into_iter().chain(words.split_whitespace());
        let args = CommandLine::try_parse_from(words).expect("words").args;
        let mut out = Vec::new();
        let around = Surroundings {
            settings,
            clock: Arc::new(TestClock::new()),
            entropy: Arc::new(SeededEntropy::new(7)),
            pause: Arc::new(NoWait),
            out: &mut out,
            colours: false,
        };
        let ending = doctor::run(args, around).await;
        Run {
            text: String::from_utf8(out).expect("text"),
            ending,
        }
    }

    /// How many API tokens the org has.
    pub(crate) fn tokens(&self) -> i64 {
        let count = "SELECT count(*) FROM api_tokens";
        let count = self.org.database().query_row(count, [], |row| row.get(0));
        count.expect("a count")
    }

    /// Every finding as id and severity.
    pub(crate) async fn found(&self) -> Vec<(String, String)> {
        let run = self.doctor(&format!("--json {SKIP}")).await;
        run.ending.expect("a report");
        let report: Value = serde_json::from_str(&run.text).expect("JSON");
        let findings = report["findings"].as_array().expect("findings");
        let found = findings.iter().filter_map(|one| {
            let severity = one["result"]["found"]["severity"].as_str()?;
            Some((one["id"].as_str()?.to_owned(), severity.to_owned()))
        });
        found.collect()
    }

    /// What is found after something was done, and was not before.
    pub(crate) async fn new_since(&self, before: &[(String, String)]) -> Vec<(String, String)> {
        let mut after = self.found().await;
        for known in before {
            if let Some(index) = after.iter().position(|one| one == known) {
                after.remove(index);
            }
        }
        after
    }

    /// Calls the management API as the first super administrator.
    pub(crate) async fn call(&self, method: Method, path: &str, body: &Value) -> Value {
        let origin = self.url.as_str().trim_end_matches('/');
        let router: Router = self.org.org().router();
        let mut browser = Browser::new().with_site(origin, router);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let door = format!("{origin}/dev/api-token");
        let made = browser
            .send(
                Method::POST,
                &door,
                headers.clone(),
                json!({}).to_string().into(),
            )
            .await;
        let token = format!("SSWS {}", made.json()["token"].as_str().expect("a token"));
        headers.insert(AUTHORIZATION, token.parse().expect("a header"));
        let address = format!("{origin}{path}");
        let page = browser
            .send(method, &address, headers, body.to_string().into())
            .await;
        assert!(
            page.status.is_success(),
            "{path}: {} {}",
            page.status,
            page.text()
        );
        if page.text().is_empty() {
            return Value::Null;
        }
        page.json()
    }
}

async fn pass(
    State((line, now)): State<(Line, HeaderValue)>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    // The org's time stands still, so its answers have to say so.
    response.headers_mut().insert(DATE, now);
    let change = *line.0.lock().expect("a lock");
    let is_changed = |change: &Change| change.paths.iter().any(|end| path.ends_with(end));
    let Some(change) = change.filter(is_changed) else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MAX_BODY).await.expect("a body");
    let mut document: Value = serde_json::from_slice(&bytes).expect("JSON");
    (change.how)(&mut document);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(document.to_string()))
}
