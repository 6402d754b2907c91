//! `GET|POST …/v1/logout` (OpenID Connect RP-Initiated Logout 1.0).

use axum::extract::{RawForm, RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use url::form_urlencoded;

use super::authorize::Method;
use super::hint::{self, Hint};
use super::parameters::Parameters;
use super::server::{AuthorizationServer, RequestServer};
use crate::apps::is_post_logout_uri;
use crate::browser::Browser;
use crate::directory::find_user;
use crate::events::{self, Event, EventType, Origin};
use crate::failure::Failure;
use crate::hosted::{FormToken, Problem, ask_to_sign_out, signed_out};
use crate::session::{Session, end_session, session_id};
use crate::{Org, cookies, paths};

/// `GET`: an app sends the browser here to sign the person out of the org.
pub(crate) async fn get(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    RawQuery(query): RawQuery,
    origin: Origin,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let request = Request::read(&org, Parameters::parse(&query.unwrap_or_default()))?;
    let browser = Browser::of(&org, &headers)?;
    match browser.session() {
        Some(session) if !request.may_end(session) => ask(&org, &server, session, &request),
        session => finish(&org, session, &request, Method::Get, origin).await,
    }
}

/// `POST`: the same request in a form, or the person's own answer to the question whether to sign out.
///
/// A form from another site brings no cookie, so the browser is sent round by `GET`, which does.
pub(crate) async fn post(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    origin: Origin,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let parameters = Parameters::parse(&String::from_utf8_lossy(&form));
    let browser = Browser::of(&org, &headers)?;
    let confirmed = browser.session().filter(|session| {
        let token = parameters.get("token").unwrap_or_default();
        form_token(&org, session).is(token)
    });
    let Some(session) = confirmed else {
        let location = format!(
            "{}?{}",
            server.path_of(paths::LOGOUT),
            parameters.to_query()
        );
        return Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response());
    };
    let request = Request::read(&org, parameters)?;
    finish(&org, Some(session), &request, Method::Post, origin).await
}

/// A checked sign-out request.
struct Request {
    parameters: Parameters,
    hint: Option<Hint>,
    /// Registered by the app of the hint.
    destination: Option<String>,
}

impl Request {
    fn read(org: &Org, parameters: Parameters) -> Result<Self, Problem> {
        if let Some(name) = parameters.duplicates().first() {
            return Err(Problem::invalid_request(format!(
                "Duplicate parameter provided in request. Duplicated parameters: [{name}]."
            )));
        }
        let hint = parameters
            .get("id_token_hint")
            .map(|token| hint::read(&org.servers(), token))
            .transpose()
            .map_err(|error| Problem::invalid_request(error.to_string()))?;
        let destination = match (parameters.get("post_logout_redirect_uri"), &hint) {
            (None, _) => None,
            (Some(_), None) => {
                return Err(Problem::invalid_request(
                    "The required parameter 'id_token_hint' is missing.",
                ));
            }
            (Some(uri), Some(hint)) => {
                if !org
                    .store()
                    .read(|db| is_post_logout_uri(db, &hint.app_id, uri))?
                {
                    return Err(Problem::invalid_post_logout_uri());
                }
                Some(uri.to_owned())
            }
        };
        Ok(Self {
            parameters,
            hint,
            destination,
        })
    }

    /// An app may end the session of the person it had signed in, without asking them. Anything else is asked: a link alone
    /// must not sign people out.
    fn may_end(&self, session: &Session) -> bool {
        self.hint
            .as_ref()
            .is_some_and(|hint| hint.user_id == session.user_id)
    }
}

fn form_token(org: &Org, session: &Session) -> FormToken {
    FormToken::new(org.sealer(), "sign-out", session.handle)
}

fn ask(
    org: &Org,
    server: &AuthorizationServer,
    session: &Session,
    request: &Request,
) -> Result<Response, Problem> {
    let user = org.store().read(|db| find_user(db, &session.user_id))?;
    let login = user.map(|user| user.profile.login).unwrap_or_default();
    ask_to_sign_out(
        &server.path_of(paths::LOGOUT),
        &form_token(org, session),
        &login,
        &request.parameters,
    )
}

/// Ends the session, if there is one, and goes where the app wants.
async fn finish(
    org: &Org,
    session: Option<&Session>,
    request: &Request,
    method: Method,
    origin: Origin,
) -> Result<Response, Problem> {
    if let Some(handle) = session.map(|session| session.handle) {
        let app = request.hint.as_ref().map(|hint| hint.app_id.clone());
        let (entropy, now) = (org.kit().entropy, org.now());
        org.store()
            .write(move |db| {
                let Some(user) = end_session(db, handle)? else {
                    return Ok(());
                };
                let mut event = Event::of(EventType::SessionEnd)
                    .by(events::user_of(db, &user)?)
                    .authentication("externalSessionId", session_id(handle));
                if let Some(app) = app {
                    event = event.to(events::app_of(db, &app)?);
                }
                events::record(db, &event, &origin, &*entropy, now).map_err(Failure::from)
            })
            .await?;
    }
    let mut response = match &request.destination {
        None => signed_out()?,
        Some(uri) => {
            let location = with_state(uri, request.parameters.get("state"));
            (method.redirect_status(), [(LOCATION, location)]).into_response()
        }
    };
    if let Some(cookie) = cookies::clear_session(org.url()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

fn with_state(uri: &str, state: Option<&str>) -> String {
    let Some(state) = state else {
        return uri.to_owned();
    };
    let separator = if uri.contains('?') { '&' } else { '?' };
    let state: String = form_urlencoded::byte_serialize(state.as_bytes()).collect();
    format!("{uri}{separator}state={state}")
}
