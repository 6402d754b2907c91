//! What an answer to an app is in the System Log.

use rusqlite::Connection;

use crate::events::{self, Event, EventType, Outcome};
use crate::oauth::GrantType;
use crate::oauth::code::CodeRecord;
use crate::oauth::issue::Refusal;
use crate::oauth::log::{of_server, scopes};
use crate::policy::Explanation;
use crate::session::session_id;
use crate::sign_in::evaluation;

/// The decisions that let a session answer, the sign-on to the app, and the code; or the code that it does not get.
pub(super) fn events_of(
    db: &Connection,
    record: &CodeRecord,
    because: &[Explanation],
    refusal: Option<&Refusal>,
) -> rusqlite::Result<Vec<Event>> {
    let user = events::user_of(db, &record.user_id)?;
    let app = events::app_of(db, &record.app_id)?;
    let mut events: Vec<Event> = because
        .iter()
        .filter_map(|decision| evaluation(decision, Outcome::Allow))
        .collect();
    if refusal.is_none() {
        events.push(Event::of(EventType::AuthenticationSso));
    }
    let authorization = &record.authorization;
    let event_type = match authorization.grant_type {
        GrantType::InteractionCode => EventType::InteractionCode,
        _ => of_server(
            &record.server,
            EventType::AuthorizeCode,
            EventType::AsAuthorizeCode,
        ),
    };
    let mut code = Event::of(event_type).to(scopes(&authorization.grant.scopes));
    if let Some(refusal) = refusal {
        code = code.ended(Outcome::Failure, reason(*refusal));
    }
    events.push(code);
    let session = session_id(record.session);
    let of_person = |event: Event| {
        event
            .by(user.clone())
            .to(app.clone())
            .authentication("externalSessionId", session.as_str())
    };
    Ok(events.into_iter().map(of_person).collect())
}

const fn reason(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::User => "user_not_active",
        Refusal::App => "app_not_active",
        Refusal::Assignment => "user_not_assigned",
        Refusal::Policy => "no_matching_policy",
    }
}
