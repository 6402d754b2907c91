//! The sign-in page: one step at a time, each its own form, each answered by a redirect to the page.

use askama::Template;
use axum::extract::{Path, RawForm, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};

use super::chrome::{Chrome, FormTarget, html};
use super::form_token::FormToken;
use super::problem::Problem;
use crate::Org;
use crate::apps::origin_of;
use crate::browser::Browser;
use crate::cookies;
use crate::handle::Handle;
use crate::interaction::{
    Answer, Interaction, Message, Notice, Remediation, Screen, find_interaction,
};
use crate::oauth::authorize::{Method, answer_signed_in};
use crate::oauth::parameters::Parameters;
use crate::paths;
use crate::sign_in::{Taken, Visitor, screen_of, take_answer};

#[derive(Template)]
#[template(path = "identify.html")]
struct IdentifyPage<'a> {
    chrome: Chrome,
    action: String,
    token: &'a str,
    alert: Option<&'static str>,
    suggestion: &'a str,
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage<'a> {
    chrome: Chrome,
    action: String,
    restart_action: String,
    token: &'a str,
    alert: Option<&'static str>,
    identifier: &'a str,
}

/// An interaction that was found and belongs to the browser that asks.
struct Opened {
    handle: Handle,
    interaction: Interaction,
    token: FormToken,
}

/// `GET`: the page of the present step.
pub(crate) async fn page(
    State(org): State<Org>,
    Path(handle): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let opened = open(&org, &headers, &handle)?;
    if opened.interaction.state.is_over() {
        return Err(gone(&opened.interaction));
    }
    let (screen, _) = screen_of(&org, &opened.interaction, &Visitor::of(&headers))?;
    render(&opened, &screen)
}

/// `POST`: the username.
pub(crate) async fn identify(
    State(org): State<Org>,
    Path(handle): Path<String>,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let (opened, form) = open_form(&org, &headers, &handle, &form)?;
    let answer = Answer::Identify {
        identifier: form.get("identifier").unwrap_or_default().to_owned(),
        password: None,
        // Present when the box is ticked.
        keep_me_signed_in: form.get("keep_me_signed_in").is_some(),
    };
    advance(&org, &headers, opened, answer).await
}

/// `POST`: back to the username.
pub(crate) async fn restart(
    State(org): State<Org>,
    Path(handle): Path<String>,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let (opened, _) = open_form(&org, &headers, &handle, &form)?;
    advance(&org, &headers, opened, Answer::Restart).await
}

/// `POST`: the password. When it is right the browser goes to the app, with a session of the org.
pub(crate) async fn password(
    State(org): State<Org>,
    Path(handle): Path<String>,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let (opened, form) = open_form(&org, &headers, &handle, &form)?;
    let password = form.get("password").unwrap_or_default().to_owned().into();
    advance(&org, &headers, opened, Answer::Passcode(password)).await
}

/// Finds the interaction; it does not exist for a browser other than the one that began it.
fn open(org: &Org, headers: &HeaderMap, handle: &str) -> Result<Opened, Problem> {
    let handle = Handle::received(handle);
    let digest = handle.digest();
    let browser = Browser::of(org, headers)?;
    let interaction = org
        .store()
        .read(|db| find_interaction(db, digest, org.now()))?
        .filter(|interaction| interaction.device.is_some_and(|device| browser.is(device)))
        .ok_or_else(Problem::sign_in_gone)?;
    Ok(Opened {
        token: FormToken::new(org.sealer(), "sign-in", digest),
        handle,
        interaction,
    })
}

/// The same for a form, which must carry the token of its page.
fn open_form(
    org: &Org,
    headers: &HeaderMap,
    handle: &str,
    form: &[u8],
) -> Result<(Opened, Parameters), Problem> {
    let opened = open(org, headers, handle)?;
    let form = Parameters::parse(&String::from_utf8_lossy(form));
    if opened.token.is(form.get("token").unwrap_or_default()) {
        Ok((opened, form))
    } else {
        Err(Problem::foreign_form())
    }
}

/// Lets the engine take an answer. A stale page's answer leads to the present page; the last one leads to the app, with a
/// session of the org.
async fn advance(
    org: &Org,
    headers: &HeaderMap,
    opened: Opened,
    answer: Answer,
) -> Result<Response, Problem> {
    match take_answer(org, &opened.handle, answer, Visitor::of(headers)).await? {
        Taken::Gone => Err(gone(&opened.interaction)),
        Taken::NotExpected | Taken::Asked => Ok(to_page(&opened.handle)),
        Taken::Finished(finished) => {
            let request = &opened.interaction.request;
            let mut response =
                answer_signed_in(org, request, finished.signed_in, Method::Post).await?;
            let keep = finished.keep_me_signed_in;
            if let Some(cookie) = cookies::set_session(org.url(), &finished.session, keep) {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            Ok(response)
        }
    }
}

fn to_page(handle: &Handle) -> Response {
    let location = paths::of_interaction(paths::SIGN_IN, handle.expose());
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

fn gone(interaction: &Interaction) -> Problem {
    Problem::sign_in_gone().with_way_out(origin_of(&interaction.request.redirect_uri))
}

fn render(opened: &Opened, screen: &Screen) -> Result<Response, Problem> {
    let to = |route| paths::of_interaction(route, opened.handle.expose());
    let chrome = Chrome::new("Sign in");
    let token = opened.token.as_str();
    let alert = screen.notices.first().map(text_of);
    let forms = FormTarget::App(&opened.interaction.request.redirect_uri);
    let response = match screen.remediations.first() {
        Some(Remediation::Identify { suggestion, .. }) => html(
            &IdentifyPage {
                chrome,
                action: to(paths::SIGN_IN_IDENTIFY),
                token,
                alert,
                suggestion: suggestion.as_deref().unwrap_or_default(),
            },
            &forms,
        ),
        _ => html(
            &PasswordPage {
                chrome,
                action: to(paths::SIGN_IN_PASSWORD),
                restart_action: to(paths::SIGN_IN_RESTART),
                token,
                alert,
                identifier: screen.identifier.as_deref().unwrap_or_default(),
            },
            &forms,
        ),
    };
    Ok(response?)
}

const fn text_of(notice: &Notice) -> &'static str {
    match notice.message {
        Message::Blank => "This field cannot be left blank",
        _ => "Unable to sign in",
    }
}
