//! The local org behind a socket of its own, with a line that can be cut.

use std::io::Cursor;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use clap::Parser;
use http_body_util::{Full, Limited};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use setup::{Ending, Fault, Pause, SetupArgs, Surroundings};
use testkit::{SeededEntropy, TestClock, TestDir, TestOrg};
use tokio::net::TcpListener;
use url::Url;

/// An org with its super administrator and the app beside it, which every local org has.
pub(crate) const FRESH: &str = r#"{
  "users": [{"login": "admin@example.com", "firstName": "Ada", "lastName": "Admin", "email": "admin@example.com",
             "password": "correct-horse-battery", "roles": ["SUPER_ADMIN"]}],
  "apps": [{"label": "Portico", "type": "web", "tokenEndpointAuthMethod": "client_secret_basic", "pkceRequired": true,
            "redirectUris": ["{APP_URL}/login/callback"], "assignedGroups": ["Everyone"]}]
}"#;

/// The app that is set up: one that the org does not have.
pub(crate) const APP: &str = "Shop";

/// Every use case.
pub(crate) const ALL: &str = "base,mfa,password-only,password-optional";

/// Where the app says it is.
const APP_URL: &str = "http://127.0.0.1:3000";

/// What goes over the line to the org.
#[derive(Debug, Default)]
struct Line {
    writes: Mutex<Vec<String>>,
    /// How many writes get through; after the last of them nothing comes back any more.
    cut_after: AtomicUsize,
}

/// The local org on a real socket.
pub(crate) struct Local {
    org: TestOrg,
    pub(crate) url: Url,
    line: Arc<Line>,
    journal: TestDir,
}

/// What a run of the program wrote, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) ending: Result<Ending, Fault>,
}

#[derive(Debug, Parser)]
struct CommandLine {
    #[command(flatten)]
    args: SetupArgs,
}

/// Waits for nothing.
#[derive(Debug)]
struct NoWait;

impl Pause for NoWait {
    fn pause(&self, _: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(std::future::ready(()))
    }
}

impl Local {
    pub(crate) async fn start() -> Self {
        Self::with_seed(FRESH).await
    }

    pub(crate) async fn with_seed(seed: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let address = listener.local_addr().expect("an address");
        let url = Url::parse(&format!("http://{address}")).expect("an address");
        let org = TestOrg::with_config(seed, |config| config.url = url.clone()).await;
        let line = Arc::new(Line {
            cut_after: AtomicUsize::new(usize::MAX),
            ..Line::default()
        });
        let router = org
            .org()
            .router()
            .layer(from_fn_with_state(Arc::clone(&line), pass));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            org,
            url,
            line,
            journal: TestDir::new(),
        }
    }

    /// Runs `portico setup` with these words.
    pub(crate) async fn setup(&self, words: &str) -> Run {
        self.setup_with(words, "").await
    }

    /// The same, with what a person types.
    pub(crate) async fn setup_with(&self, words: &str, typed: &str) -> Run {
        let journal = self.journal.path().join("journal.json");
        let mut words: Vec<&str> = ["setup"]
            .into_iter()
            .chain(words.split_whitespace())
            .collect();
        if !words.contains(&"--app-label") {
            words.extend(["--app-label", APP]);
        }
        let mut args = CommandLine::try_parse_from(words)
            .expect("a command line")
            .args;
        args.journal = Some(journal);
        let mut out = Vec::new();
        let around = Surroundings {
            app_url: Url::parse(APP_URL).expect("an address"),
            org_url: self.url.clone(),
            clock: Arc::new(TestClock::new()),
            entropy: Arc::new(SeededEntropy::new(7)),
            pause: Arc::new(NoWait),
            out: &mut out,
            input: &mut Cursor::new(typed.to_owned()),
            colours: false,
        };
        let ending = setup::run(args, around).await;
        Run {
            text: String::from_utf8(out).expect("text"),
            ending,
        }
    }

    /// Runs it and expects that all is well.
    pub(crate) async fn fine(&self, words: &str) -> String {
        let run = self.setup(words).await;
        assert!(
            matches!(run.ending, Ok(Ending::Fine)),
            "{:?}: {}",
            run.ending,
            run.text
        );
        run.text
    }

    pub(crate) async fn export(&self) -> String {
        self.fine("export").await
    }

    /// How many API tokens the org has.
    pub(crate) fn tokens(&self) -> i64 {
        let count = "SELECT count(*) FROM api_tokens";
        let counted = self.org.database().query_row(count, [], |row| row.get(0));
        counted.expect("a count")
    }

    /// An API token of the user's own.
    pub(crate) async fn make_token(&self) -> String {
        let made = self.org.org().create_api_token(None, "Mine").await;
        made.expect("a token").token.expose_secret().to_owned()
    }

    /// Loses the journal, as a move to another machine does.
    pub(crate) fn forget(&self) {
        std::fs::remove_file(self.journal.path().join("journal.json")).expect("a journal");
    }

    /// The calls that changed something since the last time.
    pub(crate) fn take_writes(&self) -> Vec<String> {
        std::mem::take(&mut *self.line.writes.lock().expect("a lock"))
    }

    /// Lets so many writes through; the answer to the last of them is lost, and so is everything after it.
    pub(crate) fn cut_after(&self, writes: usize) {
        self.take_writes();
        self.line.cut_after.store(writes, Ordering::SeqCst);
    }

    pub(crate) fn mend(&self) {
        self.cut_after(usize::MAX);
    }
}

/// Whether a call changes something: tokens and simulations are asked for by POST as well, and a lent token goes back.
fn is_write(request: &Request) -> bool {
    let path = request.uri().path();
    *request.method() != Method::GET
        && !path.starts_with("/dev/")
        && !path.ends_with("/simulate")
        && path != "/api/v1/api-tokens/current"
}

async fn pass(State(line): State<Arc<Line>>, request: Request, next: Next) -> Response {
    let limit = line.cut_after.load(Ordering::SeqCst);
    let count = || line.writes.lock().expect("a lock").len();
    if count() >= limit {
        return lost();
    }
    if is_write(&request) {
        let call = format!("{} {}", request.method(), request.uri());
        line.writes.lock().expect("a lock").push(call);
    }
    let response = next.run(request).await;
    if count() >= limit {
        return lost();
    }
    response
}

/// An answer that breaks off.
fn lost() -> Response {
    let broken = Limited::new(Full::<Bytes>::from("more than nothing"), 0);
    Response::new(Body::new(broken))
}

/// The last line of JSON.
pub(crate) fn json(text: &str) -> Value {
    let last = text.lines().last().expect("a line");
    serde_json::from_str(last).expect("JSON")
}

/// Compares two exports, and shows the lines that differ.
pub(crate) fn assert_same(export: &str, expected: &str, when: &str) {
    let lines = export.lines().zip(expected.lines());
    let differ: Vec<_> = lines
        .filter(|(line, expected)| line != expected)
        .take(6)
        .collect();
    assert!(export == expected, "{when}: {differ:#?}");
}
