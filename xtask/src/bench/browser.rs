//! A browser as far as signing in needs one: it keeps cookies, follows redirects and fills in forms.

use super::form::Form;
use super::url::Url;
use super::wire::{self, Answer};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How a browser sends a form, unless the form says otherwise.
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A redirect that leads on after this many is a loop.
const MOST_REDIRECTS: usize = 12;

/// One person's browser.
#[derive(Debug, Default)]
pub(super) struct Browser {
    /// Values by host and name.
    cookies: BTreeMap<(String, String), String>,
}

/// What a form sends.
#[derive(Debug)]
pub(super) struct Sent {
    /// Its media type.
    pub(super) kind: &'static str,
    pub(super) body: String,
}

/// What the browser shows after the redirects.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) url: Url,
    pub(super) answer: Answer,
}

impl Browser {
    /// Opens an address and follows where it leads.
    pub(super) fn open(&mut self, url: &Url) -> Result<Page> {
        self.go(url.clone(), None, None)
    }

    /// Opens an address and follows until a redirect leads to `end`, where nothing listens; gives that address.
    pub(super) fn open_until(&mut self, url: &Url, end: &Url) -> Result<Url> {
        Ok(self.go(url.clone(), None, Some(end))?.url)
    }

    /// Fills in the form with the field that `autocomplete` names, and sends it.
    pub(super) fn submit(&mut self, page: &Page, autocomplete: &str, value: &str) -> Result<Page> {
        let form = Form::find(&page.answer.text(), autocomplete)?;
        self.post(&page.url.join(&form.action)?, form.filled_in(value))
    }

    /// Sends the fields of a form.
    pub(super) fn post(&mut self, url: &Url, body: String) -> Result<Page> {
        let kind = URL_ENCODED;
        self.upload(url, Sent { kind, body })
    }

    /// Sends a form that has a media type of its own.
    pub(super) fn upload(&mut self, url: &Url, form: Sent) -> Result<Page> {
        self.go(url.clone(), Some(form), None)
    }

    /// Fetches one file as it travels in this encoding, and follows nowhere.
    pub(super) fn fetch(&self, url: &Url, encoding: &str) -> Result<Answer> {
        let cookies = self.cookie_header(url.host());
        let headers = [("Accept-Encoding", encoding), ("Cookie", &cookies)];
        send(&request(url, &headers, None), address_of(url)?)
    }

    /// What the browser would send as `Cookie` to this host.
    pub(super) fn cookie_header(&self, host: &str) -> String {
        let own = self.cookies.iter().filter(|((known, _), _)| known == host);
        own.map(|((_, name), value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn go(&mut self, mut url: Url, mut form: Option<Sent>, end: Option<&Url>) -> Result<Page> {
        for _ in 0..MOST_REDIRECTS {
            let cookies = self.cookie_header(url.host());
            let form = form.take();
            let form = form.as_ref().map(|form| (form.kind, form.body.as_str()));
            let request = request_with(&url, &[("Cookie", &cookies)], form);
            let answer = send(&request, address_of(&url)?)?;
            self.keep_cookies(url.host(), &answer);
            let Some(location) = answer.headers("location").next() else {
                return Ok(Page { url, answer });
            };
            url = url.join(location)?;
            if end.is_some_and(|end| end.authority == url.authority) {
                return Ok(Page { url, answer });
            }
        }
        bail!(
            "more than {MOST_REDIRECTS} redirects, the last one to {}{}",
            url.authority,
            url.path
        )
    }

    fn keep_cookies(&mut self, host: &str, answer: &Answer) {
        for cookie in answer.headers("set-cookie") {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            let key = (host.to_owned(), name.to_owned());
            if attributes.to_ascii_lowercase().contains("max-age=0") {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
    }
}

/// A GET, or a POST when there is a form, as a browser sends it from the same site.
pub(super) fn request(url: &Url, headers: &[(&str, &str)], form: Option<&str>) -> String {
    request_with(url, headers, form.map(|form| (URL_ENCODED, form)))
}

/// The same for a form with its media type.
fn request_with(url: &Url, headers: &[(&str, &str)], form: Option<(&str, &str)>) -> String {
    let method = if form.is_some() { "POST" } else { "GET" };
    let mut lines = vec![
        format!("{method} {} HTTP/1.1", url.path),
        format!("Host: {}", url.authority),
        "Accept: text/html,*/*".to_owned(),
        "Connection: close".to_owned(),
    ];
    let given = headers.iter().filter(|(_, value)| !value.is_empty());
    lines.extend(given.map(|(name, value)| format!("{name}: {value}")));
    if let Some((kind, form)) = form {
        lines.extend([
            format!("Origin: http://{}", url.authority),
            "Sec-Fetch-Site: same-origin".to_owned(),
            format!("Content-Type: {kind}"),
            format!("Content-Length: {}", form.len()),
        ]);
    }
    format!(
        "{}\r\n\r\n{}",
        lines.join("\r\n"),
        form.unwrap_or_default().1
    )
}

/// Sends a request over a connection of its own.
pub(super) fn send(request: &str, address: SocketAddr) -> Result<Answer> {
    let mut stream =
        TcpStream::connect(address).with_context(|| format!("nothing listens at {address}"))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(request.as_bytes())?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received)?;
    wire::answer(&received)?.with_context(|| {
        format!(
            "the answer stops in the middle:\n{}",
            String::from_utf8_lossy(&received)
        )
    })
}

/// Everything that is measured listens on IPv4 loopback.
pub(super) fn address_of(url: &Url) -> Result<SocketAddr> {
    let (_, port) = url
        .authority
        .split_once(':')
        .with_context(|| format!("an address without a port: {}", url.authority))?;
    Ok(SocketAddr::from(([127, 0, 0, 1], port.parse()?)))
}
