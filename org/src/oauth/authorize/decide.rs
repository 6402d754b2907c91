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
use crate::interaction::{Interaction, LIFETIME, create_interaction, save_state};
use crate::session::{Session, end_session};
use crate::sign_in::{
    Visitor, first_state, is_enough, keep_alive, may_answer, open_interaction, spend_session_token,
};
use crate::{cookies, paths};

/// Answers from the browser's session when the policies are satisfied by it, else by a sign-in, or by an error when no page
/// may be shown.
pub(super) async fn decide(
    org: &Org,
    headers: &HeaderMap,
    request: AuthorizationRequest,
    session_token: Option<&str>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let browser = Browser::of(org, headers)?;
    let Some(token) = session_token else {
        return answer(org, browser, request, visitor).await;
    };
    let Some((handle, session)) = exchange(org, token, &visitor).await? else {
        return answer(org, browser, request, visitor).await;
    };
    let mut response = answer(org, browser.signed_in_by(session), request, visitor).await?;
    if let Some(cookie) = cookies::set_session(org.url(), &handle, false) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Exchanges a session token. The session that the browser had until now is over.
async fn exchange(
    org: &Org,
    token: &str,
    visitor: &Visitor,
) -> Result<Option<(Handle, Session)>, Failure> {
    let (token, kit, now) = (Handle::received(token).digest(), org.kit(), org.now());
    let (origin, old) = (visitor.origin.clone(), visitor.session);
    org.store()
        .write(move |db| {
            let spent = spend_session_token(db, &kit, token, &origin, now)?;
            if let (Some(old), Some(_)) = (old, &spent) {
                end_session(db, old)?;
            }
            Ok::<_, Failure>(spent)
        })
        .await
}

/// Leads a browser to the landing of a request of the org's own, by the page if the browser's session is not good enough for the
/// request.
pub(crate) async fn sign_in_first(
    org: &Org,
    headers: &HeaderMap,
    request: AuthorizationRequest,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let mut response = answer(org, Browser::of(org, headers)?, request, visitor).await?;
    // It answers a form.
    *response.status_mut() = StatusCode::SEE_OTHER;
    Ok(response)
}

async fn answer(
    org: &Org,
    browser: Browser,
    request: AuthorizationRequest,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let session = browser.session();
    let useful = session.filter(|session| may_answer(org, session, &request));
    let (device, _) = browser.device_or_new(org);
    if let Some(session) = useful
        && let Some(because) = is_enough(org, session, &request, Some(device), &visitor)?
    {
        keep_alive(org, session).await?;
        let signed_in = SignedIn::by(session).because(because);
        return answer_signed_in(org, &request, signed_in, Method::Get, &visitor.origin).await;
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
    begin_sign_in(org, &browser, useful, request, visitor).await
}

/// Stores the request, bound to this browser, and sends the browser to its page. Somebody whose session is good, and only not
/// enough, need not say again who they are.
async fn begin_sign_in(
    org: &Org,
    browser: &Browser,
    session: Option<&Session>,
    request: AuthorizationRequest,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let now = org.now();
    let handle = Handle::generate(org.entropy());
    let (device, cookie) = browser.device_or_new(org);
    let interaction = Interaction {
        device: Some(device),
        state: first_state(org, &request, session),
        request,
        expires_at: now.saturating_add(LIFETIME).unwrap_or(now),
    };
    let location = paths::of_interaction(paths::SIGN_IN, handle.expose());
    let (kit, is_continued) = (org.kit(), session.is_some());
    let has_written = org
        .store()
        .write(move |db| {
            housekeeping::sweep(db, now)?;
            let digest = handle.digest();
            create_interaction(db, digest, &interaction)?;
            if !is_continued {
                return Ok(false);
            }
            let opened = open_interaction(db, &kit, handle, &interaction, visitor, now)?;
            save_state(db, digest, &opened.state)?;
            Ok::<_, Failure>(opened.has_written)
        })
        .await?;
    if has_written {
        org.inbox().announce();
    }
    let mut response = (StatusCode::FOUND, [(LOCATION, location)]).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
