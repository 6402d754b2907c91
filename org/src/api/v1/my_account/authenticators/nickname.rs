use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value};

use super::read::one;
use super::{Own, wire_id};
use crate::Org;
use crate::api::{ApiError, Body, Change, Path};
use crate::authenticator::enrollment::enrollments_of;
use crate::events::{Event, EventType};

/// In characters.
const LONGEST: usize = 100;

/// What a JSON merge patch (RFC 7396) does to the nickname.
enum Wish {
    Nothing,
    Remove,
    Give(String),
}

impl Wish {
    fn read(patch: &Map<String, Value>) -> Result<Self, ApiError> {
        if let Some(other) = patch.keys().find(|name| *name != "nickname") {
            return Err(ApiError::invalid(other, "Only the nickname can be changed"));
        }
        match patch.get("nickname") {
            None => Ok(Self::Nothing),
            Some(Value::Null) => Ok(Self::Remove),
            Some(Value::String(nickname)) if is_plain(nickname) => Ok(Self::Give(nickname.clone())),
            Some(_) => Err(ApiError::invalid(
                "nickname",
                "It must be a text of 1 to 100 characters on one line, or null",
            )),
        }
    }
}

/// `PATCH /idp/myaccount/authenticators/{authenticatorId}/enrollments/{enrollmentId}`.
pub(super) async fn update(
    State(org): State<Org>,
    change: Change,
    Path((authenticator, id)): Path<(String, String)>,
    Body(patch): Body<Map<String, Value>>,
) -> Result<Json<Value>, ApiError> {
    let caller = change.caller.clone();
    let own = org.store().read(|db| Own::load(db, &org, &caller))??;
    one(&own, &authenticator, &id, &org)?;
    let nickname = match Wish::read(&patch)? {
        Wish::Nothing => return one(&own, &authenticator, &id, &org).map(Json),
        Wish::Remove => None,
        Wish::Give(nickname) => Some(nickname),
    };
    let (user, enrollment) = (own.user, id.clone());
    change
        .run(move |writing| {
            let enrollments = enrollments_of(writing.db, &user.id)?;
            let found = enrollments.iter().find(|one| wire_id(one) == enrollment);
            let Some(found) = found else {
                return Err(ApiError::not_found("AuthenticatorEnrollment", &enrollment));
            };
            writing
                .db
                .prepare_cached("UPDATE enrollments SET nickname = ?2 WHERE id = ?1")?
                .execute((found.id.as_str(), nickname))?;
            let event = Event::of(EventType::UserAccountUpdateProfile)
                .to(user.target())
                .debug("factor", found.key.as_str());
            writing.log(event)?;
            Ok(())
        })
        .await?;
    let own = org.store().read(|db| Own::load(db, &org, &caller))??;
    one(&own, &authenticator, &id, &org).map(Json)
}

fn is_plain(nickname: &str) -> bool {
    let length = nickname.chars().count();
    (1..=LONGEST).contains(&length) && !nickname.chars().any(char::is_control)
}
