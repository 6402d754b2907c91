#![expect(clippy::panic, reason = "what follows a panic is tested here")]

use std::io;
use std::panic;
use std::sync::Mutex;

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use bff::web::WebPolicy;
use http::header::ACCEPT_LANGUAGE;
use http::{HeaderMap, HeaderValue, Method};
use leptos::config::LeptosOptions;
use server::{assets, layers, panics};
use testkit::{APP_URL, Browser, ORG_URL, Page};
use tracing::Level;
use url::Url;

use crate::support::{at, own_page};

/// What must not leave the program.
const SECRET: &str = "hunter2-of-john";

async fn handler() -> &'static str {
    panic!("cannot work with {SECRET}")
}

fn view() -> &'static str {
    panic!("cannot draw {SECRET}")
}

/// Handlers that panic, and one that does not, inside the layers of the program.
fn browser() -> Browser {
    let address = |address: &str| Url::parse(address).expect("an address");
    let routes = Router::new()
        .route("/handler", get(handler))
        .route("/logged", get(handler))
        .route("/view", get(leptos_axum::render_app_async(view)))
        .route("/api/act", post(handler))
        .route("/works", get(|| async { "works" }));
    let policy = WebPolicy::new(&address(APP_URL), &address(ORG_URL));
    let assets = assets::find(&LeptosOptions::builder().output_name("portico").build());
    Browser::new().with_site(APP_URL, layers::around(routes, policy, &assets))
}

fn assert_told_in_words(page: &Page) {
    let text = page.text();
    assert_eq!(page.status, 500, "{text}");
    assert!(text.contains("<code>internal</code>"), "{text}");
    assert!(text.contains("/pkg/portico.css"), "{text}");
    assert!(
        !text.contains(SECRET) && !text.contains("panic"),
        "nothing internal is told: {text}"
    );
    let policy = page.header("content-security-policy");
    assert!(policy.contains("style-src 'self'") && !policy.contains("script-src"));
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn a_panic_is_a_page_in_words_and_the_program_goes_on() {
    let mut browser = browser();
    for path in ["/handler", "/view"] {
        assert_told_in_words(&browser.get(&at(path)).await);
        assert_eq!(browser.get(&at("/works")).await.text(), "works", "{path}");
    }
    let form = browser.post_with(&at("/api/act"), own_page(), &[]).await;
    assert_told_in_words(&form);
}

#[tokio::test]
async fn a_failure_is_told_in_the_language_that_was_chosen_or_is_liked_best() {
    let mut browser = browser();
    let german = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("de"))]);
    let page = browser
        .send(Method::GET, &at("/handler"), german, Bytes::new())
        .await;
    assert_told_in_words(&page);
    assert!(page.text().contains("<html lang=\"de\">"));
    assert!(page.text().contains("Zur Startseite"));
    browser.set_cookie("127.0.0.1", "portico_language", "de");
    let page = browser.get(&at("/handler")).await;
    assert!(page.text().contains("<html lang=\"de\">"));
}

#[tokio::test]
async fn a_panic_is_json_for_a_script() {
    let mut headers = own_page();
    headers.remove("accept");
    let page = browser().post_with(&at("/api/act"), headers, &[]).await;
    assert_eq!(page.status, 500);
    assert_eq!(page.header("content-type"), "application/json");
    assert_eq!(page.json()["SignIn"]["code"], "internal");
}

/// The log of the whole process: tests on other threads decide as well what is logged, so one of this thread alone may miss
/// something.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl io::Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        LOG.lock().expect("the log").write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_tells_where_a_panic_was_and_not_what_it_said() {
    tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_ansi(false)
        .with_writer(|| Log)
        .init();
    tracing::callsite::rebuild_interest_cache();
    let others = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        panics::log(panic);
        others(panic);
    }));

    let page = browser().get(&at("/logged?code=4711-0815")).await;
    assert_eq!(page.status, 500);

    let log = String::from_utf8(LOG.lock().expect("the log").clone()).expect("text");
    assert!(log.contains("tests/it/panics.rs:"), "where: {log}");
    assert!(
        log.contains("path=\"/logged\" status=500"),
        "what for: {log}"
    );
    assert!(!log.contains(SECRET), "nothing secret: {log}");
    assert!(!log.contains("4711-0815"), "no query: {log}");
}
