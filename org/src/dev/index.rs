use askama::Template;
use axum::response::Response;

use super::answer::Refusal;
use super::page::Frame;
use crate::hosted::{FormTarget, html};
use crate::paths;

#[derive(Template)]
#[template(path = "dev/index.html")]
struct IndexPage {
    frame: Frame,
    inbox: &'static str,
    clock: &'static str,
    totp: &'static str,
    explain: &'static str,
    limits: &'static str,
}

/// `GET /dev`: what there is for developers.
pub(super) async fn index() -> Result<Response, Refusal> {
    let page = IndexPage {
        frame: Frame::new(paths::DEV, "For developers"),
        inbox: paths::DEV_INBOX,
        clock: paths::DEV_CLOCK,
        totp: paths::DEV_TOTP,
        explain: paths::DEV_EXPLAIN,
        limits: paths::DEV_LIMITS,
    };
    Ok(html(&page, &FormTarget::Org)?)
}
