use rusqlite::Connection;

use crate::events::{self, Event, EventType};
use crate::oauth::log::{holder, of_server, scopes};
use crate::oauth::refresh::RefreshGrant;
use crate::oauth::token_record::NewAccessToken;

/// What was granted beside an access token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Granted {
    pub(super) id_token: bool,
    /// Whether it is one that the app did not have before.
    pub(super) refresh_token: bool,
}

/// One event for each token that was granted.
pub(super) fn granted(
    db: &Connection,
    token: &NewAccessToken,
    beside: Granted,
) -> rusqlite::Result<Vec<Event>> {
    use EventType as E;
    let types = [
        (true, E::GrantAccessToken, E::AsGrantAccessToken),
        (beside.id_token, E::GrantIdToken, E::AsGrantIdToken),
        (
            beside.refresh_token,
            E::GrantRefreshToken,
            E::AsGrantRefreshToken,
        ),
    ];
    let user = holder(db, &token.app_id, token.user_id.as_ref())?;
    let client = events::client_of(db, &token.app_id)?;
    let was_granted = types.into_iter().filter(|(is_granted, ..)| *is_granted);
    Ok(was_granted
        .map(|(_, own, custom)| {
            Event::of(of_server(&token.server, own, custom))
                .by(client.clone())
                .to(user.clone())
                .to(scopes(&token.scopes))
        })
        .collect())
}

/// A refresh token came again after its time: one of those who have it stole it.
pub(super) fn reused(db: &Connection, grant: &RefreshGrant) -> rusqlite::Result<Event> {
    let event_type = of_server(
        &grant.server,
        EventType::DetectReuse,
        EventType::AsDetectReuse,
    );
    Ok(Event::of(event_type)
        .by(events::client_of(db, &grant.app_id)?)
        .to(events::user_of(db, &grant.user_id)?)
        .to(scopes(&grant.terms.grant.scopes))
        .ended(events::Outcome::Failure, "token_reuse"))
}
