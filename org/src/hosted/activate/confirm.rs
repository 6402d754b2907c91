use axum::extract::{RawForm, RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};

use super::enter::{UNKNOWN_CODE, show};
use super::page::{ConfirmPage, DonePage};
use super::{USER_CODE, confirm_address, find, with_code};
use crate::apps::find_app_label;
use crate::browser::Browser;
use crate::directory::find_user;
use crate::hosted::chrome::{Chrome, FormTarget, html};
use crate::hosted::form_token::FormToken;
use crate::hosted::problem::Problem;
use crate::oauth::authorize::SignedIn;
use crate::oauth::device::{self, Answered, UserCode, WaitingDevice, request_of};
use crate::oauth::parameters::Parameters;
use crate::policy::Explanation;
use crate::session::Session;
use crate::sign_in::{Visitor, is_enough, may_answer};
use crate::store::Digest;
use crate::{Org, paths};

/// A device, and a person who is signed in well enough to answer it.
struct Asked {
    code: UserCode,
    waiting: WaitingDevice,
    session: Session,
    because: Vec<Explanation>,
}

impl Asked {
    /// The form is bound to this person's session and to this device.
    fn token(&self, org: &Org) -> FormToken {
        let subject = Digest::of(&format!("{} {}", self.session.id(), self.code.as_str()));
        FormToken::new(org.sealer(), "activate confirm", subject)
    }
}

/// What is to be done with a request.
enum Found {
    Asked(Box<Asked>),
    /// Something else is to be shown first.
    Instead(Response),
}

/// `GET`: shows which app on which device asks, and asks whether it may.
pub(crate) async fn ask(
    State(org): State<Org>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Parameters::parse(&query.unwrap_or_default());
    let typed = query.get_single(USER_CODE).unwrap_or_default();
    match look_up(&org, typed, &visitor, &headers)? {
        Found::Asked(asked) => confirm(&org, &asked),
        Found::Instead(response) => Ok(response),
    }
}

/// `POST`: takes the answer.
pub(crate) async fn answer(
    State(org): State<Org>,
    visitor: Visitor,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let form = Parameters::parse(&String::from_utf8_lossy(&form));
    let typed = form.get_single(USER_CODE).unwrap_or_default();
    let asked = match look_up(&org, typed, &visitor, &headers)? {
        Found::Asked(asked) => asked,
        Found::Instead(response) => return Ok(response),
    };
    if !asked.token(&org).is(form.get("token").unwrap_or_default()) {
        return Err(Problem::foreign_form());
    }
    let is_allowed = match form.get_single("answer") {
        Some("allow") => true,
        Some("deny") => false,
        _ => return Err(Problem::no_page()),
    };
    let Asked {
        waiting,
        session,
        because,
        ..
    } = *asked;
    let signed_in = SignedIn::by(&session).because(because);
    let origin = visitor.origin;
    let answered = device::answer_device(&org, waiting, signed_in, is_allowed, origin).await?;
    done(answered)
}

/// Finds the device and the person. Whoever is not signed in well enough begins with the code.
fn look_up(
    org: &Org,
    typed: &str,
    visitor: &Visitor,
    headers: &HeaderMap,
) -> Result<Found, Problem> {
    let Some((code, waiting)) = find(org, typed, &visitor.origin)? else {
        let response = show(org, headers, typed, Some(UNKNOWN_CODE))?;
        return Ok(Found::Instead(response));
    };
    let browser = Browser::of(org, headers)?;
    let (mark, _) = browser.device_or_new(org);
    let request = request_of(&waiting, confirm_address(org, &code));
    if let Some(session) = browser.session()
        && may_answer(org, session, &request)
        && let Some(because) = is_enough(org, session, &request, Some(mark), visitor)?
    {
        let session = session.clone();
        return Ok(Found::Asked(Box::new(Asked {
            code,
            waiting,
            session,
            because,
        })));
    }
    let location = with_code(paths::ACTIVATE, &code);
    let response = (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response();
    Ok(Found::Instead(response))
}

fn confirm(org: &Org, asked: &Asked) -> Result<Response, Problem> {
    let waiting = &asked.waiting;
    let (app, user) = org.store().read(|db| {
        let app = find_app_label(db, &waiting.app_id)?;
        Ok((app, find_user(db, &asked.session.user_id)?))
    })?;
    let login = user.map(|user| user.profile.login).unwrap_or_default();
    let address = waiting.address.map(|address| address.to_string());
    let token = asked.token(org);
    let page = ConfirmPage {
        chrome: Chrome::new("Allow this device?"),
        token: token.as_str(),
        code: asked.code.as_str(),
        login: &login,
        app: app.as_deref().unwrap_or_default(),
        device: &waiting.user_agent,
        address: address.as_deref().unwrap_or_default(),
        asked: waiting.asked_at.strftime("%H:%M UTC").to_string(),
        scopes: waiting
            .scopes
            .iter()
            .map(|scope| scope.as_str().to_owned())
            .collect(),
    };
    Ok(html(&page, &FormTarget::Org)?)
}

fn done(answered: Answered) -> Result<Response, Problem> {
    let (title, is_error, lead) = match answered {
        Answered::Allowed => (
            "Device activated",
            false,
            "Follow the instructions on your device for next steps. You can close this page.",
        ),
        Answered::Denied => (
            "Device not activated",
            false,
            "You did not allow it, so the device gets nothing. You can close this page.",
        ),
        Answered::Refused => (
            "Device not activated",
            true,
            "You are not assigned to this app, or its policies do not allow it on this device.",
        ),
        Answered::Gone => (
            "Device not activated",
            true,
            "This code was answered already or has expired. Begin again on your device.",
        ),
    };
    let page = DonePage {
        chrome: Chrome::new(title),
        is_error,
        lead,
    };
    Ok(html(&page, &FormTarget::Org)?)
}
