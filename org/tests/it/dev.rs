//! The pages for developers in a few calls.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};
use testkit::{Browser, ORG_URL, Page};

pub(crate) const INBOX: &str = "/dev/inbox";
pub(crate) const INBOX_JSON: &str = "/dev/inbox.json";
pub(crate) const CLOCK: &str = "/dev/clock";

fn headers<const N: usize>(pairs: [(HeaderName, &'static str); N]) -> HeaderMap {
    let pairs = pairs.map(|(name, value)| (name, HeaderValue::from_static(value)));
    HeaderMap::from_iter(pairs)
}

/// Reads as a program does.
pub(crate) async fn read_json(browser: &mut Browser, path: &str) -> Page {
    let accept = headers([(ACCEPT, "application/json")]);
    browser
        .send(
            Method::GET,
            &format!("{ORG_URL}{path}"),
            accept,
            Bytes::new(),
        )
        .await
}

/// Reads as a person's browser does.
pub(crate) async fn read_page(browser: &mut Browser, path: &str) -> Page {
    let accept = headers([(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")]);
    browser
        .send(
            Method::GET,
            &format!("{ORG_URL}{path}"),
            accept,
            Bytes::new(),
        )
        .await
}

/// Sends as a program does.
pub(crate) async fn post_json(browser: &mut Browser, path: &str, body: Value) -> Page {
    post_json_from(browser, path, body, None).await
}

/// Sends as a script of a page does, which browsers mark with where it comes from.
pub(crate) async fn post_json_from(
    browser: &mut Browser,
    path: &str,
    body: Value,
    site: Option<&'static str>,
) -> Page {
    let mut headers = headers([(CONTENT_TYPE, "application/json")]);
    if let Some(site) = site {
        headers.insert("sec-fetch-site", HeaderValue::from_static(site));
    }
    let url = format!("{ORG_URL}{path}");
    browser
        .send(Method::POST, &url, headers, body.to_string().into())
        .await
}

/// Sends a trial message.
pub(crate) async fn send_trial(browser: &mut Browser, channel: &str, to: &str) {
    let message = json!({ "to": to, "channel": channel });
    let answer = post_json(browser, INBOX, message).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}
