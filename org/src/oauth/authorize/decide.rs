use axum::response::{IntoResponse as _, Response};
use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use model::{OAuthError, OAuthErrorCode};

use super::reply::{Method, Reply};
use super::request::AuthorizationRequest;
use super::respond::{SignedIn, answer_signed_in};
use crate::Org;
use crate::browser::Browser;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::hosted::Problem;
use crate::housekeeping;
use crate::interaction::{Interaction, LIFETIME, State, create_interaction};
use crate::paths;
use crate::policy::global_session::satisfies;
use crate::session::{Session, touch_session};

/// Answers from the browser's session when it satisfies the request, else by a sign-in, or by an error when no page may be
/// shown.
pub(super) async fn decide(
    org: &Org,
    headers: &HeaderMap,
    request: AuthorizationRequest,
) -> Result<Response, Problem> {
    let browser = Browser::of(org, headers)?;
    let session = browser.session();
    if let Some(session) = session.filter(|session| can_answer(org, session, &request)) {
        touch(org, session).await?;
        let signed_in = SignedIn {
            user_id: session.user_id.clone(),
            session: session.handle,
            amr: session.amr.clone(),
            auth_time: session.signed_in_at,
        };
        return answer_signed_in(org, &request, signed_in, Method::Get).await;
    }
    if request.is_silent {
        let text = match session {
            None => "The client specified not to prompt, but the user is not logged in.",
            Some(_) => {
                "The client specified not to prompt, but the client app requires re-authentication or MFA."
            }
        };
        let error = OAuthError::new(OAuthErrorCode::LoginRequired, text);
        return Reply::to(&request).error(error, Method::Get);
    }
    begin_sign_in(org, &browser, request).await
}

fn can_answer(org: &Org, session: &Session, request: &AuthorizationRequest) -> bool {
    let is_expected_user = request
        .expected_user
        .as_ref()
        .is_none_or(|expected| *expected == session.user_id);
    is_expected_user && satisfies(request.demand, session.signed_in_at, org.now())
}

async fn touch(org: &Org, session: &Session) -> Result<(), Failure> {
    let now = org.now();
    if !session.is_touch_due(now) {
        return Ok(());
    }
    let handle = session.handle;
    org.store()
        .write(move |db| touch_session(db, handle, now).map_err(Failure::from))
        .await
}

/// Stores the request, bound to this browser, and sends the browser to its page.
async fn begin_sign_in(
    org: &Org,
    browser: &Browser,
    request: AuthorizationRequest,
) -> Result<Response, Problem> {
    let now = org.now();
    let handle = Handle::generate(org.entropy());
    let (device, cookie) = browser.device_or_new(org);
    let interaction = Interaction {
        device,
        state: State::begin(request.login_hint.clone()),
        request,
        expires_at: now.saturating_add(LIFETIME).unwrap_or(now),
    };
    let digest = handle.digest();
    org.store()
        .write(move |db| {
            housekeeping::sweep(db, now)?;
            create_interaction(db, digest, &interaction).map_err(Failure::from)
        })
        .await?;
    let location = paths::of_interaction(paths::SIGN_IN, handle.expose());
    let mut response = (StatusCode::FOUND, [(LOCATION, location)]).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
