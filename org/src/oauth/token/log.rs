use rusqlite::Connection;

use crate::events::{self, Event, EventType};
use crate::oauth::log::{holder, of_server, scopes};
use crate::oauth::token_record::NewAccessToken;

/// One event for each token that was granted.
pub(super) fn granted(
    db: &Connection,
    token: &NewAccessToken,
    has_id_token: bool,
) -> rusqlite::Result<Vec<Event>> {
    let server = token.server.as_str();
    let access = of_server(
        server,
        EventType::GrantAccessToken,
        EventType::AsGrantAccessToken,
    );
    let id = of_server(server, EventType::GrantIdToken, EventType::AsGrantIdToken);
    let user = holder(db, &token.app_id, token.user_id.as_ref())?;
    let client = events::client_of(db, &token.app_id)?;
    let event = |event_type| {
        Event::of(event_type)
            .by(client.clone())
            .to(user.clone())
            .to(scopes(&token.scopes))
    };
    let id_token = has_id_token.then(|| event(id));
    Ok([Some(event(access)), id_token]
        .into_iter()
        .flatten()
        .collect())
}
