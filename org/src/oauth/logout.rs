//! `GET|POST …/v1/logout` (OpenID Connect RP-Initiated Logout 1.0).

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use std::collections::BTreeSet;
use url::form_urlencoded;

use super::authorize::Method;
use super::browser_form::BrowserForm;
use super::hint::{self, Hint};
use super::parameters::Parameters;
use super::server::{AuthorizationServer, RequestServer, Servers};
use crate::apps::is_post_logout_uri;
use crate::browser::Browser;
use crate::directory::find_user;
use crate::events::{self, Event, EventType, Origin};
use crate::failure::Failure;
use crate::hosted::{FormToken, Problem, ask_to_sign_out, signed_out, signing_out};
use crate::session::{ListeningApp, Session, end_session, listening_apps_of, session_id};
use crate::store::Digest;
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
    BrowserForm(parameters): BrowserForm,
) -> Result<Response, Problem> {
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

/// Ends the session, if there is one, tells the other apps of it, and goes where the app wants.
async fn finish(
    org: &Org,
    session: Option<&Session>,
    request: &Request,
    method: Method,
    origin: Origin,
) -> Result<Response, Problem> {
    let frames = match session {
        Some(session) => end(org, session.handle, request, origin).await?,
        None => Vec::new(),
    };
    let mut response = match &request.destination {
        None => signed_out(&frames)?,
        Some(uri) => {
            let location = with_state(uri, request.parameters.get("state"));
            if frames.is_empty() {
                (method.redirect_status(), [(LOCATION, location)]).into_response()
            } else {
                signing_out(&location, &frames)?
            }
        }
    };
    if let Some(cookie) = cookies::clear_session(org.url()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Ends the session. Answers what the browser loads to tell the other apps that it has signed in to.
async fn end(
    org: &Org,
    session: Digest,
    request: &Request,
    origin: Origin,
) -> Result<Vec<String>, Failure> {
    let app = request.hint.as_ref().map(|hint| hint.app_id.clone());
    let (entropy, now, servers) = (org.kit().entropy, org.now(), org.servers());
    org.store()
        .write(move |db| {
            let listening = listening_apps_of(db, session)?;
            let Some(user) = end_session(db, session)? else {
                return Ok(Vec::new());
            };
            let others = listening
                .into_iter()
                .filter(|listening| Some(&listening.id) != app.as_ref());
            let frames = addresses(&servers, others, &session_id(session));
            let mut event = Event::of(EventType::SessionEnd)
                .by(events::user_of(db, &user)?)
                .authentication("externalSessionId", session_id(session))
                .debug("frontChannelLogoutCount", frames.len());
            if let Some(app) = app {
                event = event.to(events::app_of(db, &app)?);
            }
            events::record(db, &event, &origin, &*entropy, now)?;
            Ok::<_, Failure>(frames)
        })
        .await
}

/// Each address once, however many servers an app was reached by.
fn addresses(
    servers: &Servers,
    apps: impl Iterator<Item = ListeningApp>,
    sid: &str,
) -> Vec<String> {
    let addresses = apps.filter_map(|app| {
        let server = servers.all().find(|server| server.id == app.server)?;
        app.address(&server.issuer, sid)
    });
    addresses
        .collect::<BTreeSet<String>>()
        .into_iter()
        .collect()
}

fn with_state(uri: &str, state: Option<&str>) -> String {
    let Some(state) = state else {
        return uri.to_owned();
    };
    let separator = if uri.contains('?') { '&' } else { '?' };
    let state: String = form_urlencoded::byte_serialize(state.as_bytes()).collect();
    format!("{uri}{separator}state={state}")
}
