//! The sign-in of an app in a few calls.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use serde_json::Value;
use testkit::{APP_URL, Browser, ORG_URL, PASSWORD, Page};
use url::Url;

pub(crate) const JOHN: &str = "john.doe@example.com";
pub(crate) const JANE: &str = "jane.roe@example.com";
pub(crate) const SUSPENDED: &str = "suspended@example.com";

pub(crate) const PORTICO: &str = "0oaPortico0000000000";
pub(crate) const POSTING: &str = "0oaPost0000000000000";
pub(crate) const BROWSER_APP: &str = "0oaBrowser0000000000";
pub(crate) const NATIVE: &str = "0oaNative00000000000";
pub(crate) const STAFF: &str = "0oaStaff000000000000";

/// 43 characters, the shortest that are allowed.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// The S256 challenge of [`VERIFIER`], both from RFC 7636, appendix B.
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) fn callback() -> String {
    format!("{APP_URL}/login/callback")
}

/// An authorization request, Portico's unless changed.
#[derive(Debug, Clone)]
pub(crate) struct Authorize {
    path: String,
    parameters: Vec<(String, String)>,
}

impl Authorize {
    pub(crate) fn portico() -> Self {
        Self::app(PORTICO, &callback())
    }

    pub(crate) fn app(client_id: &str, redirect_uri: &str) -> Self {
        let parameters = [
            ("client_id", client_id),
            ("response_type", "code"),
            ("redirect_uri", redirect_uri),
            ("scope", "openid profile email"),
            ("state", "state-1"),
            ("nonce", "nonce-1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        Self {
            path: "/oauth2/v1/authorize".to_owned(),
            parameters: parameters
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        }
    }

    /// At the custom authorization server of this name.
    pub(crate) fn at(mut self, server: &str) -> Self {
        self.path = format!("/oauth2/{server}/v1/authorize");
        self
    }

    /// Sets a parameter, or adds it.
    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// Adds a parameter, also when it is there.
    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.parameters.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.parameters.retain(|(key, _)| key != name);
        self
    }

    pub(crate) fn url(&self) -> String {
        let base = format!("{ORG_URL}{}", self.path);
        Url::parse_with_params(&base, &self.parameters)
            .expect("a valid address")
            .into()
    }

    pub(crate) fn fields(&self) -> Vec<(&str, &str)> {
        self.parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

/// Goes from the authorize endpoint through both steps of the page. The result is what follows the password.
pub(crate) async fn sign_in(browser: &mut Browser, request: &Authorize, login: &str) -> Page {
    sign_in_with(browser, request, login, PASSWORD).await
}

/// The same with a password of one's own.
pub(crate) async fn sign_in_with(
    browser: &mut Browser,
    request: &Authorize,
    login: &str,
    password: &str,
) -> Page {
    let page = to_password_page(browser, request, login).await;
    give_password(browser, &page, password).await
}

pub(crate) async fn to_password_page(
    browser: &mut Browser,
    request: &Authorize,
    login: &str,
) -> Page {
    let page = browser.visit(&request.url()).await;
    let next = browser
        .submit(&page, page.form("/identify"), &[("identifier", login)])
        .await;
    browser.follow(next).await
}

pub(crate) async fn give_password(browser: &mut Browser, page: &Page, password: &str) -> Page {
    browser
        .submit(page, page.form("/password"), &[("password", password)])
        .await
}

/// Signs in and returns the code.
pub(crate) async fn code_for(browser: &mut Browser, request: &Authorize, login: &str) -> String {
    let answer = sign_in(browser, request, login).await;
    answer
        .location_parameter("code")
        .unwrap_or_else(|| panic!("a code in {}", answer.header("location")))
}

pub(crate) fn basic(client_id: &str, secret: &str) -> HeaderMap {
    let credentials = STANDARD.encode(format!("{client_id}:{secret}"));
    let value = HeaderValue::try_from(format!("Basic {credentials}")).expect("a header");
    HeaderMap::from_iter([(AUTHORIZATION, value)])
}

pub(crate) fn bearer(token: &str) -> HeaderMap {
    let value = HeaderValue::try_from(format!("Bearer {token}")).expect("a header");
    HeaderMap::from_iter([(AUTHORIZATION, value)])
}

/// Redeems a code as Portico does.
pub(crate) async fn redeem(browser: &mut Browser, code: &str) -> Page {
    redeem_at(browser, "", code).await
}

/// The same at a custom authorization server.
pub(crate) async fn redeem_at(browser: &mut Browser, server: &str, code: &str) -> Page {
    let callback = callback();
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &callback),
        ("code_verifier", VERIFIER),
    ];
    let url = format!("{ORG_URL}/oauth2{server}/v1/token");
    browser
        .post_with(&url, basic(PORTICO, "portico-secret"), &fields)
        .await
}

/// Signs in to Portico and returns its tokens.
pub(crate) async fn tokens_for(browser: &mut Browser, request: &Authorize, login: &str) -> Value {
    let code = code_for(browser, request, login).await;
    let answer = redeem(browser, &code).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

pub(crate) async fn userinfo(browser: &mut Browser, access_token: &str) -> Page {
    let url = format!("{ORG_URL}/oauth2/v1/userinfo");
    browser
        .send(
            http::Method::GET,
            &url,
            bearer(access_token),
            bytes::Bytes::new(),
        )
        .await
}

/// The claims of a token, unverified.
pub(crate) fn claims(token: &Value) -> Value {
    let token = token.as_str().expect("a token");
    let payload = token.split('.').nth(1).expect("a payload");
    let json = URL_SAFE_NO_PAD.decode(payload).expect("base64url");
    serde_json::from_slice(&json).expect("JSON")
}

/// Error and description of an OAuth error answer.
pub(crate) fn oauth_error(page: &Page) -> (String, String) {
    let body = page.json();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (text("error"), text("error_description"))
}

/// Error and description in a redirect to an app.
pub(crate) fn redirected_error(page: &Page) -> (String, String) {
    let text = |name: &str| page.location_parameter(name).unwrap_or_default();
    (text("error"), text("error_description"))
}
