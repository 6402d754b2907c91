//! The settings of authenticators: which one has which, and what they may be.

use serde::Deserialize;
use serde_json::{Value, json};

use super::record::Record;
use crate::api::ApiError;
use crate::authenticator::catalog::Settings;
use crate::authenticator::{AllowedFor, AuthenticatorKey};

/// What is sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SentSettings {
    allowed_for: Option<AllowedFor>,
    token_lifetime_in_minutes: Option<u64>,
    compliance: Option<Value>,
    channel_binding: Option<Value>,
    user_verification: Option<Value>,
    enrollment_security_level: Option<Value>,
}

/// The settings in Okta's shape, for authenticators that have any.
pub(super) fn view(record: &Record) -> Option<Value> {
    let allowed = record.settings.allowed_for;
    match record.key {
        AuthenticatorKey::OktaEmail => Some(json!({
            "allowedFor": allowed,
            "tokenLifetimeInMinutes": record.settings.token_lifetime().as_mins(),
        })),
        AuthenticatorKey::PhoneNumber | AuthenticatorKey::SecurityQuestion => {
            Some(json!({"allowedFor": allowed}))
        }
        AuthenticatorKey::OktaVerify => Some(okta_verify()),
        AuthenticatorKey::OktaPassword
        | AuthenticatorKey::GoogleOtp
        | AuthenticatorKey::Webauthn => None,
    }
}

/// Of Okta Verify the org has the codes alone, for which these settings are all the same.
fn okta_verify() -> Value {
    json!({
        "compliance": {"fips": "OPTIONAL"},
        "channelBinding": {"style": "NUMBER_CHALLENGE", "required": "NEVER"},
        "userVerification": "PREFERRED",
        "enrollmentSecurityLevel": "ANY",
    })
}

/// The settings after a change. What is not sent stays.
pub(super) fn changed(record: &Record, sent: &SentSettings) -> Result<Settings, ApiError> {
    let key = record.key;
    let mut settings = record.settings.clone();
    if let Some(allowed_for) = sent.allowed_for {
        let has_it = matches!(
            key,
            AuthenticatorKey::OktaEmail
                | AuthenticatorKey::PhoneNumber
                | AuthenticatorKey::SecurityQuestion
        );
        if !has_it {
            return Err(foreign("allowedFor", key));
        }
        settings.allowed_for = allowed_for;
    }
    if let Some(minutes) = sent.token_lifetime_in_minutes {
        if key != AuthenticatorKey::OktaEmail {
            return Err(foreign("tokenLifetimeInMinutes", key));
        }
        settings.token_lifetime_in_minutes = Some(lifetime(minutes)?);
    }
    check_okta_verify(key, sent)?;
    Ok(settings)
}

fn lifetime(minutes: u64) -> Result<u8, ApiError> {
    u8::try_from(minutes)
        .ok()
        .filter(|minutes| Settings::TOKEN_LIFETIMES.contains(minutes))
        .ok_or_else(|| {
            ApiError::invalid("tokenLifetimeInMinutes", "Expected 5, 10, 15, 20, 25 or 30")
        })
}

fn check_okta_verify(key: AuthenticatorKey, sent: &SentSettings) -> Result<(), ApiError> {
    let fixed = okta_verify();
    let given = [
        ("compliance", &sent.compliance),
        ("channelBinding", &sent.channel_binding),
        ("userVerification", &sent.user_verification),
        ("enrollmentSecurityLevel", &sent.enrollment_security_level),
    ];
    for (name, value) in given {
        let Some(value) = value else { continue };
        if key != AuthenticatorKey::OktaVerify {
            return Err(foreign(name, key));
        }
        if *value != fixed[name] {
            let message = format!(
                "The local org has the codes of Okta Verify only: {name} is {}",
                fixed[name]
            );
            return Err(ApiError::invalid(name, &message));
        }
    }
    Ok(())
}

fn foreign(setting: &str, key: AuthenticatorKey) -> ApiError {
    ApiError::invalid(setting, &format!("{} has no such setting", key.as_str()))
}
