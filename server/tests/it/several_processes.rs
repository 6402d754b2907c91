//! Two processes of the app behind a balancer, with one store, and what people see when one of them is killed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use http::header;
use serde_json::{Value, json};
use testkit::{Browser, RedisServer, TEST_SEED};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::balancer::Balancer;
use crate::listener::Listener;
use crate::process::{Process, Settings};
use crate::remote_org::RemoteOrg;
use crate::support::{at, own_page, pass_onboarding, sign_in_from};

/// Sessions that are in use when a process is killed.
const SESSIONS: usize = 10;
/// Pages that listen.
const LISTENERS: usize = 4;
/// Answers before a process is killed, and after that.
const ANSWERS: usize = 150;

/// Access tokens that are good for this many seconds are good, and due to be renewed.
const ABOUT_TO_END: i64 = 45;
/// Access tokens that are good for so long are of no use to anybody.
const ENDED: i64 = 1;

/// How long access tokens of a sign-in last, whatever the org says, and how often tokens were renewed.
#[derive(Debug, Default)]
struct Tokens {
    lifetime: AtomicI64,
    renewals: AtomicUsize,
}

/// Two processes and what is around them.
struct Place {
    org: RemoteOrg,
    tokens: Arc<Tokens>,
    settings: Settings,
    processes: [Process; 2],
    balancer: Arc<Balancer>,
    _store: RedisServer,
}

impl Place {
    async fn start() -> Self {
        let tokens = Arc::new(Tokens::default());
        let layer = middleware::from_fn_with_state(Arc::clone(&tokens), with_lifetime);
        let org = RemoteOrg::start(&seed(), |router| router.layer(layer)).await;
        let store = RedisServer::start();
        let settings =
            Settings::at_org(&org.org, &org.issuer).with("APP_SESSION_STORE", store.address());
        let (one, other) = tokio::join!(Process::start(&settings), Process::start(&settings));
        Self {
            org,
            tokens,
            balancer: Balancer::before(&[one.address(), other.address()]),
            settings,
            processes: [one, other],
            _store: store,
        }
    }

    /// Browsers that are signed in, with access tokens that last so many seconds.
    async fn signed_in(&self, lifetime: i64) -> Vec<Browser> {
        self.tokens.lifetime.store(lifetime, Ordering::SeqCst);
        let mut sign_ins = JoinSet::new();
        for _ in 0..SESSIONS {
            let mut browser = self.org.browser(self.balancer.router());
            sign_ins.spawn(async move {
                let landed = sign_in_from(&mut browser, &at("/login")).await;
                assert_eq!(landed.status, 303, "{}", landed.text());
                browser
            });
        }
        sign_ins.join_all().await
    }

    fn renewals(&self) -> usize {
        self.tokens.renewals.load(Ordering::SeqCst)
    }

    fn events(&self, kind: &str) -> i64 {
        let count = "SELECT count(*) FROM events WHERE type = ?1";
        let database = self.org.org.database();
        let counted = database.query_row(count, [kind], |row| row.get(0));
        counted.expect("a count")
    }
}

/// The people and apps of all tests, where the app is given refresh tokens.
fn seed() -> String {
    let mut seed: Value = serde_json::from_str(TEST_SEED).expect("JSON");
    seed["apps"][0]["grantTypes"] = json!(["authorization_code", "refresh_token"]);
    seed.to_string()
}

/// Answers of the token endpoint to sign-ins say the lifetime that is wanted.
async fn with_lifetime(
    State(tokens): State<Arc<Tokens>>,
    request: Request,
    next: Next,
) -> Response {
    if request.uri().path() != "/oauth2/v1/token" {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let form = to_bytes(body, 64 * 1024).await.expect("a form");
    let is_renewal = String::from_utf8_lossy(&form).contains("grant_type=refresh_token");
    let answer = next.run(Request::from_parts(parts, Body::from(form))).await;
    if is_renewal {
        tokens.renewals.fetch_add(1, Ordering::SeqCst);
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let body = to_bytes(body, 64 * 1024).await.expect("an answer");
    let mut told: Value = serde_json::from_slice(&body).expect("JSON");
    told["expires_in"] = json!(tokens.lifetime.load(Ordering::SeqCst));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(told.to_string()))
}

/// What a person does who uses the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// Looks at pages that need no tokens.
    Reading,
    /// Looks at pages and calls server functions that ask the org, with tokens.
    Everything,
    /// The same, and goes.
    EverythingOnceMore,
}

/// Uses the app until there is nothing more to do. Every page must be there, as if nothing had happened.
async fn use_app(mut browser: Browser, mut doing: watch::Receiver<Doing>) -> Browser {
    loop {
        let now = *doing.borrow_and_update();
        let profile = browser.get(&at("/profile")).await;
        assert_eq!(profile.status, 200, "{}", profile.text());
        assert!(profile.text().contains("John Doe"));
        if now == Doing::Reading {
            continue;
        }
        let page = browser.get(&at("/security")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        call(&mut browser).await;
        if now == Doing::EverythingOnceMore {
            return browser;
        }
    }
}

/// Calls a server function. No balancer repeats a call that may have had an effect; whoever made it can.
async fn call(browser: &mut Browser) {
    let url = at("/api/security/look");
    let mut answer = browser.post_with(&url, own_page(), &[]).await;
    while answer.status == 502 {
        answer = browser.post_with(&url, own_page(), &[]).await;
    }
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// Listens until the session changes, and connects again whenever the stream is cut. Gives how often that was.
async fn listen(mut stream: Listener, app: Router, browser: Browser) -> usize {
    let mut cuts = 0;
    loop {
        assert_eq!(stream.status, 200);
        let person = stream.next().await.expect("an event");
        assert!(person.starts_with("event: person\n"), "{person}");
        while let Some(event) = stream.next().await {
            if event.starts_with("event: changed\n") {
                return cuts;
            }
        }
        cuts += 1;
        stream = Listener::open(app.clone(), &browser).await;
    }
}

/// Everybody uses the app, and a process is killed meanwhile. Then those whose tokens have ended come to need them.
async fn kill_one_under_load(
    place: &mut Place,
    early: Vec<Browser>,
    late: Vec<Browser>,
) -> Vec<Browser> {
    let everything = watch::Sender::new(Doing::Everything);
    let reading = watch::Sender::new(Doing::Reading);
    let mut people = JoinSet::new();
    for (browsers, doing) in [(early, &everything), (late, &reading)] {
        for browser in browsers {
            people.spawn(use_app(browser, doing.subscribe()));
        }
    }
    place.balancer.answers(ANSWERS).await;
    place.processes[0].kill();
    reading.send_replace(Doing::Everything);
    place.balancer.answers(ANSWERS).await;
    for doing in [everything, reading] {
        doing.send_replace(Doing::EverythingOnceMore);
    }
    people.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_one_of_two_processes_is_killed_under_load_nobody_notices() {
    let mut place = Place::start().await;
    let mut early = place.signed_in(ABOUT_TO_END).await;
    pass_onboarding(&mut early[0]).await;
    let late = place.signed_in(ENDED).await;
    let listeners = late[..LISTENERS].to_vec();
    let mut listening = JoinSet::new();
    for browser in &listeners {
        let app = place.balancer.router();
        let stream = Listener::open(app.clone(), browser).await;
        listening.spawn(listen(stream, app, browser.clone()));
    }

    let browsers = kill_one_under_load(&mut place, early, late).await;
    assert_eq!(browsers.len(), 2 * SESSIONS);
    assert!(place.balancer.repeated() > 0, "one process was missed");
    // A renewal that the process had begun when it was killed is begun once more: at once where the tokens have ended, and after
    // all of this where they are still good.
    let renewals = place.renewals();
    let expected = SESSIONS..=3 * SESSIONS;
    assert!(expected.contains(&renewals), "{renewals}");
    assert_eq!(place.events("app.oauth2.token.detect_reuse"), 0);

    let address = place.processes[0].address();
    place.processes[0] = Process::start_at(&place.settings, address).await;
    let repeated = place.balancer.repeated();
    for mut browser in browsers {
        assert_eq!(browser.get(&at("/profile")).await.status, 200);
    }
    assert_eq!(place.balancer.repeated(), repeated, "both answer again");

    for mut browser in listeners {
        let signed_out = browser.post_with(&at("/sign-out"), own_page(), &[]).await;
        assert_eq!(signed_out.status, 303);
    }
    let cuts: usize = listening.join_all().await.into_iter().sum();
    assert_eq!(cuts, LISTENERS / 2, "half of the streams were cut");
}
