//! What a person does before there is something to measure.

use super::browser::{self, Browser, Page};
use super::seed::{CLIENT_ID, CLIENT_SECRET, PASSWORD, REDIRECT_URI, login};
use super::url::{Url, encode_pairs};
use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// RFC 7636, appendix B: a verifier and its challenge.
const PKCE: (&str, &str) = (
    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
);

/// Signs a user of the seed in to the app, by the hosted page, with the password; gives the browser that did it.
pub(super) fn sign_in(app: &Url, user: usize) -> Result<Browser> {
    let mut browser = Browser::default();
    let name = browser.open(&app.join("/login?return_to=%2Fprofile")?)?;
    let password = browser.submit(&name, "username", &login(user))?;
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
    let query = encode_pairs([
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("redirect_uri", REDIRECT_URI),
        ("state", "measured"),
        ("nonce", "measured"),
        ("code_challenge", PKCE.1),
        ("code_challenge_method", "S256"),
    ]);
    let callback = browser.open_until(
        &org.join(&format!("/oauth2/v1/authorize?{query}"))?,
        &Url::parse(REDIRECT_URI)?,
    )?;
    let code = parameter(&callback, "code")
        .with_context(|| format!("the org gave no code: {}", callback.path))?;
    redeem(org, &code)
}

fn redeem(org: &Url, code: &str) -> Result<String> {
    let form = encode_pairs([
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", PKCE.0),
        ("client_id", CLIENT_ID),
        ("client_secret", CLIENT_SECRET),
    ]);
    let url = org.join("/oauth2/v1/token")?;
    let answer = browser::send(
        &browser::request(&url, &[], Some(&form)),
        browser::address_of(&url)?,
    )?;
    let json: Value = serde_json::from_slice(&answer.body).with_context(|| answer.text())?;
    json["access_token"]
        .as_str()
        .map(str::to_owned)
        .with_context(|| answer.text())
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    let (_, query) = url.path.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}
