use askama::Template;

use crate::hosted::chrome::Chrome;

/// Asks for the code.
#[derive(Template)]
#[template(path = "activate/enter.html")]
pub(super) struct EnterPage<'a> {
    pub(super) chrome: Chrome,
    pub(super) token: &'a str,
    /// What the address or the person gave.
    pub(super) typed: &'a str,
    pub(super) error: Option<&'static str>,
}

/// Shows what asks, and asks for an answer.
#[derive(Template)]
#[template(path = "activate/confirm.html")]
pub(super) struct ConfirmPage<'a> {
    pub(super) chrome: Chrome,
    pub(super) token: &'a str,
    pub(super) code: &'a str,
    pub(super) login: &'a str,
    pub(super) app: &'a str,
    /// What the device calls itself.
    pub(super) device: &'a str,
    pub(super) address: &'a str,
    pub(super) asked: String,
    pub(super) scopes: Vec<String>,
}

/// Says what came of it.
#[derive(Template)]
#[template(path = "activate/done.html")]
pub(super) struct DonePage {
    pub(super) chrome: Chrome,
    pub(super) is_error: bool,
    pub(super) lead: &'static str,
}
