//! What the authorize endpoint and the device authorization endpoint have in common.

use jiff::Timestamp;
use model::OAuthError;
use rusqlite::Connection;

use super::draft::Draft;
use super::log;
use super::recipient::Recipient;
use super::reply::Reply;
use super::request::{AuthorizationRequest, ResponseMode};
use super::respond::{SignedIn, ask_door, code_record};
use super::steps;
use crate::Org;
use crate::apps::App;
use crate::events::Event;
use crate::oauth::code::create_code;
use crate::oauth::issue::Refusal;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;
use crate::oauth::{GrantType, Scope};
use crate::store::Digest;

/// Checks what a device asks for. No browser of it is sent anywhere, so there is nothing else to be checked.
pub(crate) fn check_device(
    org: &Org,
    server: &AuthorizationServer,
    app: App,
    parameters: &Parameters,
) -> Result<Vec<Scope>, OAuthError> {
    let reply = Reply {
        redirect_uri: String::new(),
        response_mode: ResponseMode::Query,
        state: None,
        issuer: server.issuer.clone(),
    };
    let mut draft = Draft::new(org, server, parameters, Recipient { app, reply });
    steps::scope::check(&mut draft)?;
    Ok(draft.request.scopes)
}

/// Makes the code that a device redeems, under the digest of what the device has, unless the door is shut for the person. Answers
/// also what is to be written to the System Log.
pub(crate) fn grant_device_code(
    db: &Connection,
    request: &AuthorizationRequest,
    mut signed_in: SignedIn,
    (code, expires_at): (Digest, Timestamp),
) -> rusqlite::Result<(Result<(), Refusal>, Vec<Event>)> {
    let because = std::mem::take(&mut signed_in.because);
    let mut record = code_record(request, signed_in, GrantType::DeviceCode, code, expires_at);
    record.expires_at = expires_at;
    let granted = ask_door(db, &record)?;
    if granted.is_ok() {
        create_code(db, &record)?;
    }
    let events = log::events_of(db, &record, &because, granted.as_ref().err())?;
    Ok((granted, events))
}
