//! What the OAuth endpoints write to the System Log.

use model::{AppId, UserId};
use rusqlite::Connection;
use serde_json::json;

use super::Scope;
use super::error::EndpointError;
use super::scope::join;
use super::server::ORG_SERVER;
use crate::Org;
use crate::events::{self, Actor, Event, EventType, Origin, Outcome, Target, record};
use crate::failure::Failure;

/// The event of the org's own server, or that of a custom one.
pub(super) fn of_server(server: &str, own: EventType, custom: EventType) -> EventType {
    if server == ORG_SERVER { own } else { custom }
}

/// The event of a request for tokens.
pub(super) fn token_request(server: &str) -> EventType {
    of_server(
        server,
        EventType::GrantAccessToken,
        EventType::AsGrantAccessToken,
    )
}

/// The event of a request that a person will have to answer.
pub(super) fn authorization_request(server: &str) -> EventType {
    of_server(server, EventType::AuthorizeCode, EventType::AsAuthorizeCode)
}

/// What was granted, as the target of the event.
pub(super) fn scopes(scopes: &[Scope]) -> Target {
    Target::new("OAuth scopes", "unknown", "unknown", join(scopes))
}

/// Whose token it is: the user, or the app itself.
pub(super) fn holder(
    db: &Connection,
    app: &AppId,
    user: Option<&UserId>,
) -> rusqlite::Result<Actor> {
    match user {
        Some(user) => events::user_of(db, user),
        None => events::client_of(db, app),
    }
}

/// Hands on how the request of an app that is known ended, and writes it down if it was refused.
pub(super) async fn told<T>(
    org: &Org,
    origin: &Origin,
    (app, event_type): (&AppId, EventType),
    outcome: Result<T, EndpointError>,
) -> Result<T, EndpointError> {
    if let Err(error) = &outcome {
        refused(org, origin, (app, event_type), error).await?;
    }
    outcome
}

/// Its error in OAuth's words, and nothing that was sent.
async fn refused(
    org: &Org,
    origin: &Origin,
    (app, event_type): (&AppId, EventType),
    error: &EndpointError,
) -> Result<(), Failure> {
    let (EndpointError::Refused(error)
    | EndpointError::Forbidden(error)
    | EndpointError::TooMany(error)) = error
    else {
        return Ok(());
    };
    let event = Event::of(event_type).ended(Outcome::Failure, error.error.as_str());
    let event = event.debug("error", error.error_description.as_str());
    let (app, origin, now) = (app.clone(), origin.clone(), org.now());
    let entropy = org.kit().entropy;
    org.store()
        .write(move |db| {
            let event = event.by(events::client_of(db, &app)?);
            record(db, &event, &origin, &*entropy, now).map_err(Failure::from)
        })
        .await
}

/// Writes that somebody showed credentials of a client that are not right. `client`: the id that was sent, of one app or of none.
pub(super) async fn invalid_client(
    org: &Org,
    origin: &Origin,
    client: Option<&str>,
) -> Result<(), Failure> {
    let client = Actor::unknown(client.unwrap_or("unknown"));
    let event = Event::of(EventType::InvalidClientCredentials)
        .by(client.with(json!({"kind": "PublicClientApp"})))
        .ended(Outcome::Failure, "invalid_client");
    let (origin, now, entropy) = (origin.clone(), org.now(), org.kit().entropy);
    org.store()
        .write(move |db| record(db, &event, &origin, &*entropy, now).map_err(Failure::from))
        .await
}
