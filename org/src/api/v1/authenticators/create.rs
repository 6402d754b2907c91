use axum::Json;
use model::ErrorCode;
use serde::Deserialize;
use serde_json::Value;

use super::record::{all, find};
use super::settings::{SentSettings, changed};
use super::view::{target, view};
use crate::api::{ApiError, Body, Change, Listing};
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::catalog::update_authenticator;
use crate::events::{Event, EventType};

/// What an authenticator is made of. Its name is the org's own.
#[derive(Debug, Deserialize)]
pub(super) struct NewAuthenticator {
    key: String,
    settings: Option<SentSettings>,
}

/// Keys of Okta's authenticators that the org has not.
const UNBUILT: [&str; 11] = [
    "custom_app",
    "custom_otp",
    "duo",
    "external_idp",
    "onprem_mfa",
    "rsa_token",
    "security_key",
    "smart_card_idp",
    "symantec_vip",
    "tac",
    "yubikey_token",
];

/// `POST /api/v1/authenticators`. Every authenticator that the org can have is there already, so this takes up an inactive
/// one.
pub(super) async fn create(
    change: Change,
    listing: Listing,
    Body(new): Body<NewAuthenticator>,
) -> Result<Json<Value>, ApiError> {
    let key = key(&new.key)?;
    let activates = listing.flag("activate")?.unwrap_or(true);
    change
        .run(move |writing| {
            let found = all(writing.db)?
                .into_iter()
                .find(|record| record.key == key);
            let Some(record) = found.filter(|record| !record.is_active) else {
                return Err(ApiError::about(
                    ErrorCode::DuplicateAuthenticator,
                    key.as_str(),
                ));
            };
            let settings = changed(&record, &new.settings.unwrap_or_default())?;
            update_authenticator(writing.db, key, activates, &settings, writing.now)?;
            let record = find(writing.db, record.id.as_str())?;
            writing.log(Event::of(EventType::AuthenticatorCreate).to(target(&record)))?;
            Ok(Json(view(&record, writing.url)))
        })
        .await
}

fn key(named: &str) -> Result<AuthenticatorKey, ApiError> {
    if UNBUILT.contains(&named) {
        let summary = format!("Not implemented in the local org: the authenticator {named}.");
        return Err(ApiError::new(ErrorCode::NotImplemented).saying(summary));
    }
    AuthenticatorKey::try_from(named.to_owned())
        .map_err(|_| ApiError::invalid("key", "Not the key of an authenticator"))
}
