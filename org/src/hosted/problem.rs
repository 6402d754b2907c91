use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::chrome::{Chrome, FormTarget, html};
use crate::failure::Failure;
use crate::paths;
use crate::request_id::RequestId;

/// An error page: what happened, what to do, a code to quote, and a way out.
///
/// As a response it is empty: the outermost middleware knows the request's id, and puts the page in.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    sentence: String,
    remedy: &'static str,
    way_out: String,
    failure: Option<Failure>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    chrome: Chrome,
    problem: &'a Problem,
    request_id: &'a str,
}

const TELL_THE_DEVELOPER: &str =
    "Go back to the app and try again. If it repeats, tell the people who run the app.";

impl Problem {
    fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        sentence: impl Into<String>,
        remedy: &'static str,
    ) -> Self {
        Self {
            status,
            code,
            title,
            sentence: sentence.into(),
            remedy,
            way_out: paths::HOME.to_owned(),
            failure: None,
        }
    }

    /// The request could be read, and is wrong.
    pub(crate) fn invalid_request(sentence: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "This request cannot be answered",
            sentence,
            TELL_THE_DEVELOPER,
        )
    }

    /// It is not known which app asks.
    pub(crate) fn invalid_client(sentence: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "invalid_client",
            "This app is not known here",
            sentence,
            TELL_THE_DEVELOPER,
        )
    }

    /// The answer would go to an address that the app did not register.
    pub(crate) fn invalid_redirect_uri() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "invalid_redirect_uri",
            "The app's return address is not registered",
            "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
            TELL_THE_DEVELOPER,
        )
    }

    /// The same, for the address after signing out.
    pub(crate) fn invalid_post_logout_uri() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "invalid_post_logout_redirect_uri",
            "The app's address after signing out is not registered",
            "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings.",
            TELL_THE_DEVELOPER,
        )
    }

    /// The interaction does not exist, expired, is complete, or belongs to another browser: which of them is not said.
    pub(crate) fn sign_in_gone() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "sign_in_expired",
            "This sign-in is over",
            "It was completed, took too long, or was begun in another browser.",
            "Go back to the app and sign in from there.",
        )
    }

    /// The interaction has come to its end, in this browser.
    pub(crate) fn sign_in_complete() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "sign_in_complete",
            "This sign-in is over",
            "It was completed already, perhaps in another tab.",
            "Go back to the app. You may be signed in there; if not, sign in from there.",
        )
    }

    /// Too many wrong answers came from one address.
    pub(crate) fn too_many_attempts() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_attempts",
            "Too many attempts",
            "Too many wrong passwords or codes came from your address.",
            "Wait a minute, then go back and try again.",
        )
    }

    /// Too many requests came.
    pub(crate) fn too_many_requests() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            "Too many requests",
            "More requests came in this minute than are answered.",
            "Wait a minute, then reload the page.",
        )
    }

    /// The page, or the part of it, does not exist.
    pub(crate) fn no_page() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no_page",
            "There is no page here",
            "The address may be mistyped, or what it led to is over.",
            "Go back to the app and sign in from there.",
        )
    }

    /// A form without the token of its page.
    pub(crate) fn foreign_form() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "foreign_form",
            "This form did not come from this page",
            "For your safety the org only accepts its own forms, from a browser that keeps cookies.",
            "Go back to the app and sign in from there.",
        )
    }

    /// Lets the page lead to the app instead of the org's home.
    pub(crate) fn with_way_out(mut self, uri: Option<String>) -> Self {
        if let Some(uri) = uri {
            self.way_out = uri;
        }
        self
    }

    /// The page itself.
    pub(crate) fn render(&self, request_id: &RequestId) -> Response {
        let page = ProblemPage {
            chrome: Chrome::new(self.title),
            problem: self,
            request_id: request_id.as_str(),
        };
        let mut response =
            html(&page, &FormTarget::Org).unwrap_or_else(IntoResponse::into_response);
        *response.status_mut() = self.status;
        match self.failure.clone() {
            Some(failure) => failure.attach(response),
            None => response,
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let (title, sentence, remedy) = match failure.status() {
            StatusCode::SERVICE_UNAVAILABLE => (
                "The org is busy",
                "It cannot take this request right now.",
                "Wait a moment, then try again.",
            ),
            _ => (
                "Something went wrong",
                "The org could not complete this request.",
                "Try again. If it repeats, tell the people who run the org the code and the request below.",
            ),
        };
        let mut problem = Self::new(failure.status(), "org_failed", title, sentence, remedy);
        problem.failure = Some(failure);
        problem
    }
}

impl From<crate::store::StoreError> for Problem {
    fn from(error: crate::store::StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
