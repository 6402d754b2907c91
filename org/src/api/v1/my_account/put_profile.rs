use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{OWN, find_own, view};
use crate::Org;
use crate::api::v1::users::{UserRecord, merged_profile};
use crate::api::{ApiError, Body, Change};
use crate::directory::{apply_rules, update_profile};
use crate::events::{Event, EventType};

#[derive(Debug, Deserialize)]
pub(super) struct ProfileBody {
    profile: Map<String, Value>,
}

/// `PUT /idp/myaccount/profile`: makes of what people may change themselves what the body says; what it leaves out goes. The rest
/// may be repeated as it is.
pub(super) async fn replace(
    State(org): State<Org>,
    change: Change,
    Body(body): Body<ProfileBody>,
) -> Result<Json<Value>, ApiError> {
    let user = change
        .run(move |writing| {
            let user = find_own(writing.db, writing.caller)?;
            let changes = changes(&user, body.profile)?;
            let profile = merged_profile(&user.profile, changes, "profile")?;
            update_profile(writing.db, &user.id, &profile, writing.now)?;
            apply_rules(writing.db, &user.id, &profile, writing.now)?;
            writing.log(Event::of(EventType::UserAccountUpdateProfile).to(user.target()))?;
            user.again(writing.db)
        })
        .await?;
    Ok(Json(view(&user, &org)))
}

fn changes(user: &UserRecord, given: Map<String, Value>) -> Result<Map<String, Value>, ApiError> {
    let present = serde_json::to_value(&user.profile).unwrap_or_default();
    let mut changes: Map<String, Value> = OWN
        .iter()
        .map(|name| ((*name).to_owned(), Value::Null))
        .collect();
    for (name, value) in given {
        if OWN.contains(&name.as_str()) {
            changes.insert(name, value);
        } else if present.get(&name).unwrap_or(&Value::Null) != &value {
            return Err(ApiError::invalid(
                &name,
                "The attribute cannot be changed here",
            ));
        }
    }
    Ok(changes)
}
