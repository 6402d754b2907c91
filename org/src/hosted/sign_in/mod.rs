//! The sign-in page: what the engine asks, as plain forms. Each answer is followed by a redirect to the page, unless a form
//! has to be shown again with what was typed into it.

mod app_key;
mod asked;
mod form;
mod page;
mod passkey;
mod read;
mod step;
mod told;
mod why;
mod words;

use axum::extract::{Path, RawForm, RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use model::{OAuthError, OAuthErrorCode};

use self::page::{Extra, render};
use super::form_token::FormToken;
use super::problem::Problem;
use crate::Org;
use crate::apps::origin_of;
use crate::browser::Browser;
use crate::cookies;
use crate::events::Origin;
use crate::handle::Handle;
use crate::interaction::{Interaction, Message, Stage, find_interaction};
use crate::oauth::authorize::{AuthorizationRequest, Method, Reply, answer_signed_in};
use crate::oauth::parameters::Parameters;
use crate::paths;
use crate::sign_in::{Finished, Taken, Visitor, count_if_wrong, take_answer};
use crate::throttle::ClientAddress;

pub(crate) use app_key::qr_code;
pub(crate) use why::{Reason, reasons};

/// In the query of the page: the answer before came too late.
const MOVED_ON: &str = "moved-on";
/// Forms that are shown again with what was typed, for they ask for more than one thing, or for something long.
const RETYPED: [&str; 3] = ["profile", "choose", "question"];

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
    RawQuery(query): RawQuery,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let opened = open(&org, &headers, &handle)?;
    if opened.interaction.state.is_over() {
        return Err(complete(&opened.interaction));
    }
    if let Some(error) = unmet(&opened.interaction) {
        return Reply::to(&opened.interaction.request).error(error, Method::Get);
    }
    let extra = Extra {
        has_moved_on: query.as_deref() == Some(MOVED_ON),
        ..Extra::default()
    };
    render(&org, &opened, &visitor, extra)
}

/// What the app hears that asked for a level which the person has no way to reach
/// (OpenID Connect Core Error Code `unmet_authentication_requirements` 1.0).
fn unmet(interaction: &Interaction) -> Option<OAuthError> {
    let state = &interaction.state;
    let is_stuck = matches!(state.stage, Stage::Terminal)
        && state
            .notices
            .iter()
            .any(|notice| notice.message == Message::Unsatisfiable);
    (is_stuck && interaction.request.acr.is_some()).then(|| {
        OAuthError::new(
            OAuthErrorCode::UnmetAuthenticationRequirements,
            "The authentication requirements of the 'acr_values' parameter cannot be met.",
        )
    })
}

/// `POST`: an answer. The last one leads to the app, with a session of the org.
pub(crate) async fn answer(
    State(org): State<Org>,
    address: ClientAddress,
    visitor: Visitor,
    Path((handle, name)): Path<(String, String)>,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let (opened, form) = open_form(&org, &headers, &handle, &form)?;
    if opened.interaction.state.is_over() {
        return Err(complete(&opened.interaction));
    }
    if !org.throttle().allow(address, org.now()) {
        return Err(Problem::too_many_attempts());
    }
    if read::is_mistyped(&name, &form) {
        let extra = Extra {
            error: Some(("confirm", "New passwords must match")),
            ..Extra::default()
        };
        return render(&org, &opened, &visitor, extra);
    }
    let stage = &opened.interaction.state.stage;
    let answer = read::answer(&name, &form, stage).ok_or_else(Problem::no_page)?;
    match take_answer(&org, &opened.handle, answer, visitor.clone()).await? {
        Taken::Gone => Err(complete(&opened.interaction)),
        Taken::NotExpected => Ok(to_page(&opened.handle, Some(MOVED_ON))),
        Taken::Asked => {
            let opened = open(&org, &headers, &handle)?;
            count_if_wrong(&org, address, &opened.interaction.state);
            show_again(&org, opened, &visitor, &name, form)
        }
        Taken::Finished(finished) => {
            finish(&org, &opened.interaction.request, finished, &visitor.origin).await
        }
    }
}

/// Leads to the app of the request, with a session of the org.
pub(super) async fn finish(
    org: &Org,
    request: &AuthorizationRequest,
    finished: Finished,
    origin: &Origin,
) -> Result<Response, Problem> {
    let signed_in = finished.signed_in;
    let mut response = answer_signed_in(org, request, signed_in, Method::Post, origin).await?;
    let keep = finished.keep_me_signed_in;
    if let Some(cookie) = cookies::set_session(org.url(), &finished.session, keep) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

fn show_again(
    org: &Org,
    opened: Opened,
    visitor: &Visitor,
    name: &str,
    form: Parameters,
) -> Result<Response, Problem> {
    let notices = &opened.interaction.state.notices;
    let is_wrong = notices.iter().any(|notice| notice.field.is_some());
    if !is_wrong || !RETYPED.contains(&name) {
        return Ok(to_page(&opened.handle, None));
    }
    let extra = Extra {
        typed: form,
        ..Extra::default()
    };
    render(org, &opened, visitor, extra)
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
    if opened.token.is(form.get(read::TOKEN).unwrap_or_default()) {
        Ok((opened, form))
    } else {
        Err(Problem::foreign_form())
    }
}

/// Leads to the page of the present step.
pub(super) fn to_page(handle: &Handle, query: Option<&str>) -> Response {
    let mut location = paths::of_interaction(paths::SIGN_IN, handle.expose());
    if let Some(query) = query {
        location.push('?');
        location.push_str(query);
    }
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

fn complete(interaction: &Interaction) -> Problem {
    Problem::sign_in_complete().with_way_out(origin_of(&interaction.request.redirect_uri))
}
