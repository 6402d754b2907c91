//! What a person does before there is something to measure.

use super::browser::{self, Browser, Page};
use super::seed::{CLIENT_ID, CLIENT_SECRET, PASSWORD, REDIRECT_URI, login};
use super::url::{Url, encode_pairs};
use super::wire::Answer;
use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The token endpoint.
pub(super) const TOKEN: &str = "/oauth2/v1/token";

/// RFC 7636, appendix B: a verifier and its challenge.
pub(super) const PKCE: (&str, &str) = (
    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
);

/// Signs a user of the seed in to the app, by the hosted page, with the password; gives the browser that did it.
pub(super) fn sign_in(app: &Url, user: usize) -> Result<Browser> {
    sign_in_as(app, &login(user))
}

/// The same for anybody who has the password.
pub(super) fn sign_in_as(app: &Url, login: &str) -> Result<Browser> {
    let mut browser = Browser::default();
    let name = browser.open(&app.join("/login?return_to=%2Fprofile")?)?;
    let password = browser.submit(&name, "username", login)?;
    let page = browser.submit(&password, "current-password", PASSWORD)?;
    ensure!(
        page.url.authority == app.authority && page.answer.status == 200,
        "signing in ended with {} at {}{}:\n{}",
        page.answer.status,
        page.url.authority,
        page.url.path,
        page.answer.text()
    );
    Ok(browser)
}

/// The hosted sign-in page, as a browser first sees it.
pub(super) fn hosted_page(browser: &mut Browser, app: &Url) -> Result<Page> {
    browser.open(&app.join("/login")?)
}

/// An access token for a browser that is signed in at the org.
pub(super) fn access_token(browser: &mut Browser, org: &Url) -> Result<String> {
    let callback = browser.open_until(
        &org.join(&authorize("openid profile email"))?,
        &Url::parse(REDIRECT_URI)?,
    )?;
    let code = parameter(&callback, "code")
        .with_context(|| format!("the org gave no code: {}", callback.path))?;
    let url = org.join(TOKEN)?;
    let answer = browser::send(
        &browser::request(&url, &[], Some(&redemption(&code))),
        browser::address_of(&url)?,
    )?;
    token(&answer, "access_token")
}

/// The address that asks for a code with these scopes.
pub(super) fn authorize(scope: &str) -> String {
    let query = encode_pairs([
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("scope", scope),
        ("redirect_uri", REDIRECT_URI),
        ("state", "measured"),
        ("nonce", "measured"),
        ("code_challenge", PKCE.1),
        ("code_challenge_method", "S256"),
    ]);
    format!("/oauth2/v1/authorize?{query}")
}

/// The form that exchanges a code.
pub(super) fn redemption(code: &str) -> String {
    encode_pairs([
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", PKCE.0),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
    ])
}

/// A token of the token endpoint's answer.
pub(super) fn token(answer: &Answer, name: &str) -> Result<String> {
    let json: Value = serde_json::from_slice(&answer.body).with_context(|| answer.text())?;
    json[name]
        .as_str()
        .map(str::to_owned)
        .with_context(|| answer.text())
}

/// A parameter of an address's query.
pub(super) fn parameter(url: &Url, name: &str) -> Option<String> {
    let (_, query) = url.path.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}
