//! `GET|POST …/v1/userinfo` (OpenID Connect Core §5.3).

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::claims;
use super::issue::{Purpose, may_issue};
use super::parameters::Parameters;
use super::server::{AuthorizationServer, RequestServer, Teller};
use super::token_record::find_live_token;
use crate::Org;
use crate::directory::group_names_of;
use crate::failure::Failure;
use crate::store::Digest;

const INVALID_TOKEN: HeaderValue = HeaderValue::from_static(
    "Bearer error=\"invalid_token\", error_description=\"The access token is invalid\"",
);

/// The token stands in the header.
pub(crate) async fn get(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    describe(&org, &server, bearer(&headers))
}

/// The token stands in the header or in the form (RFC 6750 §2.2), not in both; with one in the header no form is needed.
pub(crate) async fn post(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = if is_form(&headers) {
        Parameters::parse(&String::from_utf8_lossy(&body))
    } else {
        Parameters::default()
    };
    let token = match (bearer(&headers), form.get_single("access_token")) {
        (Some(_), Some(_)) => None,
        (in_header, in_form) => in_header.or(in_form),
    };
    describe(&org, &server, token)
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A token is as good as what stands behind it now: the user's status, the app, the assignment.
fn describe(
    org: &Org,
    server: &AuthorizationServer,
    token: Option<&str>,
) -> Result<Response, Failure> {
    let Some(token) = token else {
        return Ok(unauthorized());
    };
    let found = org.store().read(|db| {
        let live = find_live_token(db, Digest::of(token), &server.id, org.now())?;
        let Some(live) = live else { return Ok(None) };
        let groups = if server.needs_groups(&live.scopes) {
            group_names_of(db, &live.user.id)?
        } else {
            Vec::new()
        };
        Ok(Some((live, groups)))
    })?;
    let Some((live, groups)) = found else {
        return Ok(unauthorized());
    };
    if may_issue(live.facts, Purpose::Use).is_err() {
        return Ok(unauthorized());
    }
    let of = Teller {
        user: &live.user,
        groups: &groups,
        scopes: &live.scopes,
    };
    Ok(Json(claims::of_userinfo(server, of)).into_response())
}

fn unauthorized() -> Response {
    (
        StatusCode::UNAUTHORIZED,
        [(WWW_AUTHENTICATE, INVALID_TOKEN)],
    )
        .into_response()
}
