use askama::Template;
use axum::response::Response;

use super::chrome::{Chrome, FormTarget, Scripts, html, html_with_frames};
use super::form_token::FormToken;
use super::problem::Problem;
use crate::oauth::parameters::Parameters;
use crate::paths;

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage<'a> {
    chrome: Chrome,
    way_out: &'static str,
    frames: &'a [String],
}

#[derive(Template)]
#[template(path = "signing_out.html")]
struct SigningOutPage<'a> {
    chrome: Chrome,
    next: &'a str,
    script: &'static str,
    frames: &'a [String],
}

#[derive(Template)]
#[template(path = "sign_out.html")]
struct SignOutPage<'a> {
    chrome: Chrome,
    action: &'a str,
    token: &'a str,
    login: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
}

/// The end of a sign-out that leads nowhere else. `frames`: what the browser loads to tell other apps.
pub(crate) fn signed_out(frames: &[String]) -> Result<Response, Problem> {
    let page = SignedOutPage {
        chrome: Chrome::new("Signed out"),
        way_out: paths::HOME,
        frames,
    };
    Ok(html_with_frames(&page, Scripts::None, frames)?)
}

/// Tells other apps and leads on. An app that does not answer holds nobody up for more than three seconds; without scripts there
/// is a link besides.
pub(crate) fn signing_out(next: &str, frames: &[String]) -> Result<Response, Problem> {
    let page = SigningOutPage {
        chrome: Chrome::new("Signing out"),
        next,
        script: paths::SIGNING_OUT_SCRIPT,
        frames,
    };
    Ok(html_with_frames(&page, Scripts::Own, frames)?)
}

/// Asks the person, when it is not certain that the app may end this session. The form repeats the request.
pub(crate) fn ask_to_sign_out(
    action: &str,
    token: &FormToken,
    login: &str,
    parameters: &Parameters,
) -> Result<Response, Problem> {
    let page = SignOutPage {
        chrome: Chrome::new("Sign out"),
        action,
        token: token.as_str(),
        login,
        parameters: parameters.pairs().collect(),
    };
    let forms = parameters
        .get("post_logout_redirect_uri")
        .map_or(FormTarget::Org, FormTarget::App);
    Ok(html(&page, &forms)?)
}
