//! Authorization requests that apps sent ahead (RFC 9126).

use jiff::{SignedDuration, Timestamp};
use model::{AppId, OAuthError, OAuthErrorCode};
use rusqlite::{Connection, OptionalExtension as _};

use super::draft::Draft;
use super::recipient::Recipient;
use super::reply::Reply;
use super::request::ResponseMode;
use super::{STEPS, run};
use crate::Org;
use crate::apps::{App, is_redirect_uri};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::hosted::Problem;
use crate::housekeeping;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;
use crate::store::{Digest, Moment};

/// How long a reference is good.
pub(crate) const PUSHED_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// What Okta's references begin with.
const PREFIX: &str = "urn:okta:";

/// What of a pushed request is not kept: it shows who the app is, or would sign somebody in.
const NOT_KEPT: [&str; 5] = [
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "sessionToken",
];

/// Refuses at once what the authorize endpoint would refuse.
pub(crate) fn check_pushed(
    org: &Org,
    server: &AuthorizationServer,
    app: App,
    parameters: &Parameters,
) -> Result<(), EndpointError> {
    if parameters.get("request_uri").is_some() {
        return Err(EndpointError::invalid_request(
            "The 'request_uri' parameter is not allowed in a pushed authorization request.",
        ));
    }
    let redirect_uri = parameters.get("redirect_uri").unwrap_or_default();
    if !org
        .store()
        .read(|db| is_redirect_uri(db, &app, redirect_uri))?
    {
        return Err(EndpointError::invalid_request(
            "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
        ));
    }
    let reply = Reply {
        redirect_uri: redirect_uri.to_owned(),
        response_mode: ResponseMode::Query,
        state: None,
        issuer: server.issuer.clone(),
    };
    let mut draft = Draft::new(org, server, parameters, Recipient { app, reply });
    run(&STEPS, &mut draft).map_err(EndpointError::Refused)
}

/// Keeps a request that was checked. Answers its reference.
pub(crate) async fn keep_pushed(
    org: &Org,
    server: &AuthorizationServer,
    app: &AppId,
    parameters: &Parameters,
) -> Result<String, Failure> {
    let handle = Handle::generate(org.entropy());
    let (digest, now) = (handle.digest(), org.now());
    let query = parameters.without(&NOT_KEPT).to_query();
    let (server, app) = (server.id.clone(), app.clone());
    let expires_at = now.saturating_add(PUSHED_LIFETIME).unwrap_or(now);
    org.store()
        .write(move |db| {
            housekeeping::sweep(db, now)?;
            db.prepare_cached(
                "INSERT INTO pushed_requests (request_hash, server, app_id, parameters, expires_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((digest, server, app.as_str(), query, Moment(expires_at)))?;
            Ok::<_, Failure>(())
        })
        .await?;
    Ok(format!("{PREFIX}{}", handle.expose()))
}

/// The request that a query stands for: itself, or the one that the app pushed. Nothing else in the query counts then
/// (RFC 9126 §4), but for a session token, which is no part of the request.
pub(super) async fn resolve(
    org: &Org,
    server: &AuthorizationServer,
    query: Parameters,
) -> Result<Parameters, Problem> {
    let is_reference = |uri: &&str| uri.starts_with(PREFIX);
    let Some(uri) = query.get("request_uri").filter(is_reference) else {
        return Ok(query);
    };
    let gone = || Problem::invalid_request("The 'request_uri' is invalid or has expired.");
    let client_id = query.get_single("client_id").ok_or_else(|| {
        Problem::invalid_client("The 'client_id' parameter is missing or repeated.")
    })?;
    if query.get_single("request_uri").is_none() {
        return Err(gone());
    }
    let digest = Handle::received(uri.strip_prefix(PREFIX).unwrap_or_default()).digest();
    let (server, app, now) = (server.id.clone(), client_id.to_owned(), org.now());
    let pushed = org
        .store()
        .write(move |db| take(db, digest, (&server, &app), now).map_err(Failure::from))
        .await?
        .ok_or_else(gone)?;
    let pushed = Parameters::parse(&pushed).with("client_id", client_id);
    Ok(match query.get_single("sessionToken") {
        Some(token) => pushed.with("sessionToken", token),
        None => pushed,
    })
}

/// Takes a request away. Of all that try, one gets it; the reference of another app is worth nothing.
fn take(
    db: &Connection,
    digest: Digest,
    (server, app): (&str, &str),
    now: Timestamp,
) -> rusqlite::Result<Option<String>> {
    db.prepare_cached(
        "DELETE FROM pushed_requests WHERE request_hash = ?1 AND server = ?2 AND app_id = ?3 AND expires_at > ?4 \
         RETURNING parameters",
    )?
    .query_row((digest, server, app, Moment(now)), |row| row.get(0))
    .optional()
}

/// A request that refers to one that was not pushed.
pub(super) fn unsupported_reference() -> OAuthError {
    OAuthError::new(
        OAuthErrorCode::RequestUriNotSupported,
        "The 'request_uri' parameter is not supported.",
    )
}
