use askama::Template;
use axum::response::Response;

use crate::hosted::{Chrome, FormTarget, Problem, html, with_form_script};

/// A form that a small script sends at once; without scripts there is a button.
#[derive(Template)]
#[template(path = "form_post.html")]
struct FormPostPage<'a> {
    chrome: Chrome,
    action: &'a str,
    parameters: &'a [(&'a str, &'a str)],
}

/// The answer of `response_mode=form_post`.
pub(super) fn page(action: &str, parameters: &[(&str, &str)]) -> Result<Response, Problem> {
    let page = FormPostPage {
        chrome: Chrome::new("Continue"),
        action,
        parameters,
    };
    let response = html(&page, &FormTarget::App(action))?;
    Ok(with_form_script(response, action))
}
