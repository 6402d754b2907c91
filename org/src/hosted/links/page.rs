use askama::Template;
use axum::response::Response;
use http::HeaderMap;
use http::header::SET_COOKIE;

use crate::Org;
use crate::browser::Browser;
use crate::handle::Handle;
use crate::hosted::chrome::{Chrome, FormTarget, html};
use crate::hosted::form_token::FormToken;
use crate::hosted::problem::Problem;
use crate::oauth::parameters::Parameters;

/// A page behind a link: some words, and perhaps a button.
#[derive(Default)]
pub(super) struct LinkPage<'a> {
    pub(super) title: &'static str,
    /// What went wrong.
    pub(super) alert: Option<&'static str>,
    pub(super) lead: Option<&'static str>,
    /// A code to be typed elsewhere.
    pub(super) code: Option<&'a str>,
    pub(super) form: Option<LinkForm<'a>>,
    /// Where the app is.
    pub(super) way_out: Option<&'a str>,
}

/// The button, with what it sends.
pub(super) struct LinkForm<'a> {
    pub(super) action: &'a str,
    /// The token of the link, where it does not stand in the address.
    pub(super) link: Option<&'a str>,
    pub(super) asks_username: bool,
    pub(super) button: &'static str,
}

/// The page with what every page has.
#[derive(Template)]
#[template(path = "link.html")]
struct Framed<'a> {
    chrome: Chrome,
    page: &'a LinkPage<'a>,
    token: &'a str,
}

/// Renders the page for a browser. The browser gets a mark if it has none, for the form is bound to it.
pub(super) fn render(
    org: &Org,
    headers: &HeaderMap,
    subject: &str,
    page: &LinkPage<'_>,
    forms: &FormTarget<'_>,
) -> Result<Response, Problem> {
    let (device, cookie) = Browser::of(org, headers)?.device_or_new(org);
    let token = FormToken::new(org.sealer(), subject, device);
    let framed = Framed {
        chrome: Chrome::new(page.title),
        page,
        token: token.as_str(),
    };
    let mut response = html(&framed, forms)?;
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Takes a form of such a page, which must come from the browser that the page was shown in.
pub(super) fn take_form(
    org: &Org,
    headers: &HeaderMap,
    subject: impl FnOnce(&Parameters) -> String,
    form: &[u8],
) -> Result<(Browser, Parameters), Problem> {
    let browser = Browser::of(org, headers)?;
    let form = Parameters::parse(&String::from_utf8_lossy(form));
    let (device, new) = browser.device_or_new(org);
    let token = FormToken::new(org.sealer(), &subject(&form), device);
    if new.is_none() && token.is(form.get("token").unwrap_or_default()) {
        Ok((browser, form))
    } else {
        Err(Problem::foreign_form())
    }
}

/// What a form is about, for its token: one link, which the token does not repeat.
pub(super) fn subject_of(kind: &str, link: &Handle) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    format!(
        "{kind} {}",
        URL_SAFE_NO_PAD.encode(link.digest().as_bytes())
    )
}
