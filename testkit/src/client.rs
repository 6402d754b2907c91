//! A browser without a screen: it keeps cookies per host, follows redirects when asked, and fills in forms.

use std::collections::BTreeMap;
use std::net::IpAddr;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use cookie::Cookie;
use http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use http_body_util::BodyExt;
use org::ClientAddress;
use tower::ServiceExt;
use url::{Url, form_urlencoded};

use crate::form::Form;

/// More redirects than this in a row are a loop.
const MAX_REDIRECTS: usize = 10;

/// What a browser got, and from where.
#[derive(Debug, Clone)]
#[must_use]
pub struct Page {
    /// The address, after any redirects that were followed.
    pub url: Url,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Page {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    /// A header's text, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a header of text"))
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Url {
        self.url
            .join(self.header(LOCATION.as_str()))
            .expect("a valid location")
    }

    /// A parameter in the query of the location.
    pub fn location_parameter(&self, name: &str) -> Option<String> {
        let location = self.location();
        let mut pairs = location.query_pairs();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The forms of the page whose action ends so, in its order.
    pub fn forms(&self, action_end: &str) -> Vec<Form> {
        let mut forms = Form::all(&self.text());
        forms.retain(|form| form.action.ends_with(action_end));
        forms
    }

    /// The first form of the page, or the one whose action ends so.
    pub fn form(&self, action_end: &str) -> Form {
        self.forms(action_end)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("a form to …{action_end} in {}", self.text()))
    }
}

/// A browser. Clones share nothing: each has the cookies of the moment it was cloned.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    sites: BTreeMap<String, Router>,
    /// By host without port, as browsers do, then by name.
    cookies: BTreeMap<String, BTreeMap<String, String>>,
    /// Where requests come from, as the server's listener would say.
    address: Option<ClientAddress>,
}

impl Browser {
    /// A browser that reaches nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets the browser reach a site at an origin.
    #[must_use]
    pub fn with_site(mut self, origin: &str, router: Router) -> Self {
        self.sites.insert(origin.to_owned(), router);
        self
    }

    /// Lets requests come from an address; without one, nobody knows where they come from.
    #[must_use]
    pub fn with_address(mut self, address: IpAddr) -> Self {
        self.address = Some(ClientAddress::new(address));
        self
    }

    /// The value of a cookie for a host.
    pub fn cookie(&self, host: &str, name: &str) -> Option<&str> {
        self.cookies.get(host)?.get(name).map(String::as_str)
    }

    /// Puts a cookie into the jar.
    pub fn set_cookie(&mut self, host: &str, name: &str, value: &str) {
        let jar = self.cookies.entry(host.to_owned()).or_default();
        jar.insert(name.to_owned(), value.to_owned());
    }

    /// Throws a cookie away.
    pub fn remove_cookie(&mut self, host: &str, name: &str) {
        if let Some(jar) = self.cookies.get_mut(host) {
            jar.remove(name);
        }
    }

    /// `GET`, without following redirects.
    pub async fn get(&mut self, url: &str) -> Page {
        self.send(Method::GET, url, HeaderMap::new(), Bytes::new())
            .await
    }

    /// `GET`, then the redirects as long as they stay on sites that the browser reaches.
    pub async fn visit(&mut self, url: &str) -> Page {
        let page = self.get(url).await;
        self.follow(page).await
    }

    /// Posts a form, without following redirects.
    pub async fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Page {
        self.post_with(url, HeaderMap::new(), fields).await
    }

    /// Posts a form with headers of the test's own.
    pub async fn post_with(
        &mut self,
        url: &str,
        mut headers: HeaderMap,
        fields: &[(&str, &str)],
    ) -> Page {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        self.send(Method::POST, url, headers, body.into()).await
    }

    /// Fills in a form of a page and sends it, without following redirects.
    pub async fn submit(&mut self, page: &Page, form: Form, fields: &[(&str, &str)]) -> Page {
        let url = page.url.join(&form.action).expect("a valid action");
        let filled = form.filled(fields);
        let fields: Vec<(&str, &str)> = filled
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.post(url.as_str(), &fields).await
    }

    /// Follows redirects as long as they lead to sites that the browser reaches.
    pub async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..MAX_REDIRECTS {
            if !page.status.is_redirection() || !self.reaches(&page.location()) {
                return page;
            }
            page = self.get(page.location().as_str()).await;
        }
        panic!("a loop of redirects at {}", page.url)
    }

    fn reaches(&self, url: &Url) -> bool {
        self.sites.contains_key(&url.origin().ascii_serialization())
    }

    /// Sends any request, with the cookies of the host.
    pub async fn send(
        &mut self,
        method: Method,
        url: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Page {
        let url = Url::parse(url).expect("a valid address");
        let origin = url.origin().ascii_serialization();
        let router = self
            .sites
            .get(&origin)
            .expect("a site that is reached")
            .clone();
        let host = url.host_str().expect("a host").to_owned();
        let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = method;
        *request.uri_mut() = target.parse().expect("a valid target");
        *request.headers_mut() = headers;
        if let Some(address) = self.address {
            request.extensions_mut().insert(address);
        }
        let authority = HeaderValue::from_str(url.authority()).expect("a valid host");
        request.headers_mut().entry(HOST).or_insert(authority);
        if let Some(cookies) = self.cookie_header(&host) {
            request.headers_mut().insert(COOKIE, cookies);
        }
        let response = router
            .oneshot(request)
            .await
            .unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        self.keep_cookies(&host, &parts.headers);
        Page {
            url,
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.expect("a whole body").to_bytes(),
        }
    }

    fn cookie_header(&self, host: &str) -> Option<HeaderValue> {
        let jar = self.cookies.get(host).filter(|jar| !jar.is_empty())?;
        let pairs: Vec<String> = jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        HeaderValue::try_from(pairs.join("; ")).ok()
    }

    fn keep_cookies(&mut self, host: &str, headers: &HeaderMap) {
        for value in headers.get_all(SET_COOKIE) {
            let text = value.to_str().expect("a cookie of text").to_owned();
            let cookie = Cookie::parse(text).expect("a valid cookie");
            let is_gone = cookie.max_age().is_some_and(|age| age.whole_seconds() <= 0);
            if is_gone {
                self.remove_cookie(host, cookie.name());
            } else {
                self.set_cookie(host, cookie.name(), cookie.value());
            }
        }
    }
}
