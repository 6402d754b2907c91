//! What a person answers to a device.

use jiff::Timestamp;
use rusqlite::Connection;

use super::UserCode;
use super::record::{self, WaitingDevice, find_waiting};
use crate::Org;
use crate::events::{self, Event, EventType, Origin, Outcome};
use crate::failure::Failure;
use crate::oauth::GrantType;
use crate::oauth::authorize::{AuthorizationRequest, SignedIn, grant_device_code};
use crate::oauth::log::of_server;

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answered {
    /// The device can fetch its tokens.
    Allowed,
    /// The person said no.
    Denied,
    /// The person said yes, and may not use the app.
    Refused,
    /// It was answered before, or took too long.
    Gone,
}

/// The device that a code means, if it waits for an answer.
pub(crate) fn find_device(org: &Org, code: &UserCode) -> Result<Option<WaitingDevice>, Failure> {
    let now = org.now();
    Ok(org
        .store()
        .read(|db| find_waiting(db, code, org.sealer(), now))?)
}

/// What the device asks for, as the request that a session must be good enough for. `landing`: where the browser goes then.
pub(crate) fn request_of(device: &WaitingDevice, landing: String) -> AuthorizationRequest {
    AuthorizationRequest {
        server: device.server.clone(),
        scopes: device.scopes.clone(),
        ..AuthorizationRequest::of_nobody(device.app_id.clone(), landing)
    }
}

/// Takes the answer of a person who is signed in well enough.
pub(crate) async fn answer_device(
    org: &Org,
    device: WaitingDevice,
    signed_in: SignedIn,
    is_allowed: bool,
    origin: Origin,
) -> Result<Answered, Failure> {
    let answer = Answer {
        device,
        signed_in,
        is_allowed,
    };
    let (now, entropy) = (org.now(), org.kit().entropy);
    org.store()
        .write(move |db| {
            let (answered, events) = answer.run(db, now)?;
            for event in events {
                events::record(db, &event, &origin, &*entropy, now)?;
            }
            Ok::<_, Failure>(answered)
        })
        .await
}

struct Answer {
    device: WaitingDevice,
    signed_in: SignedIn,
    is_allowed: bool,
}

impl Answer {
    fn run(self, db: &Connection, now: Timestamp) -> rusqlite::Result<(Answered, Vec<Event>)> {
        let Self {
            device,
            signed_in,
            is_allowed,
        } = self;
        if !record::answer(db, device.device_code, is_allowed, now)? {
            return Ok((Answered::Gone, Vec::new()));
        }
        if !is_allowed {
            return Ok((Answered::Denied, vec![denied(db, &device, &signed_in)?]));
        }
        let request = request_of(&device, String::new());
        let code = (device.device_code, device.expires_at);
        let (granted, events) = grant_device_code(db, &request, signed_in, code)?;
        if granted.is_err() {
            // The device need not wait for an answer that will not come.
            deny(db, &device)?;
            return Ok((Answered::Refused, events));
        }
        Ok((Answered::Allowed, events))
    }
}

fn deny(db: &Connection, device: &WaitingDevice) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE device_authorizations SET status = 'DENIED' WHERE device_code_hash = ?1",
    )?
    .execute([device.device_code])?;
    Ok(())
}

fn denied(
    db: &Connection,
    device: &WaitingDevice,
    signed_in: &SignedIn,
) -> rusqlite::Result<Event> {
    let event_type = of_server(
        &device.server,
        EventType::AuthorizeCode,
        EventType::AsAuthorizeCode,
    );
    Ok(Event::of(event_type)
        .ended(Outcome::Failure, "access_denied")
        .by(events::user_of(db, &signed_in.user_id)?)
        .to(events::app_of(db, &device.app_id)?)
        .debug("grantType", GrantType::DeviceCode.as_str()))
}
