use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{OWN, custom_now, find_own, view};
use crate::Org;
use crate::api::v1::users::{UserRecord, custom_of_users, merged_profile};
use crate::api::{ApiError, Body, Change};
use crate::directory::{CustomAttribute, SelfAccess, apply_rules, update_profile};
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
            let custom = custom_of_users(writing.db)?;
            let changes = changes(&user, &custom, body.profile)?;
            let profile = merged_profile(&user.profile, changes, "profile", &custom)?;
            update_profile(writing.db, &user.id, &profile, writing.now)?;
            apply_rules(writing.db, &user.id, &profile, writing.now)?;
            writing.log(Event::of(EventType::UserAccountUpdateProfile).to(user.target()))?;
            user.again(writing.db)
        })
        .await?;
    Ok(Json(view(&user, &custom_now(&org)?, &org)))
}

fn changes(
    user: &UserRecord,
    custom: &[CustomAttribute],
    given: Map<String, Value>,
) -> Result<Map<String, Value>, ApiError> {
    let added = custom
        .iter()
        .filter(|attribute| attribute.definition.self_access() == SelfAccess::ReadWrite);
    let added: Vec<&str> = added.map(|attribute| attribute.name.as_str()).collect();
    let own = [OWN.as_slice(), &added].concat();
    let present = serde_json::to_value(&user.profile).unwrap_or_default();
    let mut changes: Map<String, Value> = own
        .iter()
        .map(|name| ((*name).to_owned(), Value::Null))
        .collect();
    for (name, value) in given {
        if own.contains(&name.as_str()) {
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
