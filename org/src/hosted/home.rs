use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::chrome::{Chrome, FormTarget, html};
use super::problem::Problem;
use crate::{Org, paths};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    chrome: Chrome,
    issuer: &'a str,
    app_url: &'a str,
    openid_configuration: &'static str,
    keys: String,
}

/// `GET /`: what this is, and where to go from here.
pub(crate) async fn home(State(org): State<Org>) -> Result<Response, Problem> {
    let page = HomePage {
        chrome: Chrome::new("Local org"),
        issuer: org.url().as_str(),
        app_url: org.app_url(),
        openid_configuration: paths::OPENID_CONFIGURATION,
        keys: paths::on_org_server(paths::KEYS),
    };
    Ok(html(&page, &FormTarget::Org)?)
}
