use axum::Json;
use serde_json::{Map, Value, json};

use super::view::{target, view};
use crate::api::{ApiError, Body, Change, typed};
use crate::events::{Event, EventType};
use crate::settings::{General, find_general, set_general};

/// Okta's limit of a text, in characters.
const LONGEST: usize = 255;

/// `POST /api/v1/org`: changes what is named and leaves the rest.
pub(super) async fn update(
    change: Change,
    Body(fields): Body<Map<String, Value>>,
) -> Result<Json<Value>, ApiError> {
    keep(change, fields, true).await
}

/// `PUT /api/v1/org`: what is not named is nothing from now on.
pub(super) async fn replace(
    change: Change,
    Body(fields): Body<Map<String, Value>>,
) -> Result<Json<Value>, ApiError> {
    keep(change, fields, false).await
}

async fn keep(
    change: Change,
    fields: Map<String, Value>,
    is_partial: bool,
) -> Result<Json<Value>, ApiError> {
    let id = change.org().id().clone();
    change
        .run(move |writing| {
            let before = find_general(writing.db)?.general;
            let mut whole = match json!(before) {
                Value::Object(whole) if is_partial => whole,
                _ => Map::new(),
            };
            whole.extend(fields);
            let general: General = typed(Value::Object(whole))?;
            check(&general)?;
            set_general(writing.db, &general, writing.now)?;
            writing.log(Event::of(EventType::OrgUpdate).to(target(&id)))?;
            Ok(Json(view(&find_general(writing.db)?, &id, writing.url)))
        })
        .await
}

fn check(general: &General) -> Result<(), ApiError> {
    if general
        .company_name
        .as_deref()
        .unwrap_or_default()
        .trim()
        .is_empty()
    {
        return Err(ApiError::invalid(
            "companyName",
            "The field cannot be left blank",
        ));
    }
    let texts = [
        ("companyName", &general.company_name),
        ("address1", &general.address1),
        ("address2", &general.address2),
        ("city", &general.city),
        ("state", &general.state),
        ("country", &general.country),
        ("postalCode", &general.postal_code),
        ("phoneNumber", &general.phone_number),
        ("supportPhoneNumber", &general.support_phone_number),
        ("website", &general.website),
        ("endUserSupportHelpURL", &general.end_user_support_help_url),
    ];
    let too_long = |text: &Option<String>| {
        text.as_ref()
            .is_some_and(|text| text.chars().count() > LONGEST)
    };
    match texts.into_iter().find(|(_, text)| too_long(text)) {
        None => Ok(()),
        Some((field, _)) => Err(ApiError::invalid(
            field,
            "String cannot be longer than 255 characters",
        )),
    }
}
