use askama::Template;
use axum::response::Response;

use super::chrome::{Chrome, FormTarget, html};
use super::form_token::FormToken;
use super::problem::Problem;
use crate::oauth::parameters::Parameters;
use crate::paths;

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage {
    chrome: Chrome,
    way_out: &'static str,
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

/// The end of a sign-out that leads nowhere else.
pub(crate) fn signed_out() -> Result<Response, Problem> {
    let page = SignedOutPage {
        chrome: Chrome::new("Signed out"),
        way_out: paths::HOME,
    };
    Ok(html(&page, &FormTarget::Org)?)
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
