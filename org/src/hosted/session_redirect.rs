//! `GET /login/sessionCookieRedirect`: signs a browser in by a session token.

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::{LOCATION, SET_COOKIE};

use super::problem::Problem;
use crate::apps::{is_app_origin, origin_of};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::oauth::parameters::Parameters;
use crate::session::end_session;
use crate::sign_in::{Visitor, spend_session_token};
use crate::trusted_origins::is_trusted_to_receive;
use crate::{Org, cookies};

/// Exchanges the token and leads the browser to a page of an origin that is trusted for that, of an app, or of the org itself.
pub(crate) async fn session_redirect(
    State(org): State<Org>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let query = Parameters::parse(&query.unwrap_or_default());
    let destination = query.get_single("redirectUrl").unwrap_or_default();
    if !is_trusted(&org, destination)? {
        return Err(Problem::invalid_request(
            "The 'redirectUrl' parameter must be a page of a Trusted Origin for redirects.",
        ));
    }
    let token = Handle::received(query.get_single("token").unwrap_or_default());
    let (kit, now) = (org.kit(), org.now());
    let spent = org
        .store()
        .write(move |db| {
            let spent = spend_session_token(db, &kit, token.digest(), &visitor.origin, now)?;
            if let (Some(old), Some(_)) = (visitor.session, &spent) {
                end_session(db, old)?;
            }
            Ok::<_, Failure>(spent)
        })
        .await?;
    let Some((handle, _)) = spent else {
        return Err(Problem::sign_in_gone());
    };
    let mut response = (StatusCode::FOUND, [(LOCATION, destination)]).into_response();
    if let Some(cookie) = cookies::set_session(org.url(), &handle, false) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

fn is_trusted(org: &Org, destination: &str) -> Result<bool, Problem> {
    let Some(origin) = origin_of(destination) else {
        return Ok(false);
    };
    if origin_of(org.url().as_str()).as_deref() == Some(origin.as_str()) {
        return Ok(true);
    }
    let is_known = |db: &rusqlite::Connection| {
        Ok(is_app_origin(db, &origin)? || is_trusted_to_receive(db, &origin)?)
    };
    Ok(org.store().read(is_known)?)
}
