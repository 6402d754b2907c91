//! The authenticators of a seed, in the shapes of Okta's API.

use jiff::Timestamp;
use rusqlite::Connection;
use serde::Deserialize;

use super::SeedError;
use crate::authenticator::catalog::{Settings, update_authenticator};
use crate::authenticator::{AllowedFor, AuthenticatorKey, Method};
use crate::policy::Status;

/// An authenticator in a seed. What it does not say stays as in a new org.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SeedAuthenticator {
    key: AuthenticatorKey,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    settings: SeedSettings,
    /// Methods of `phone_number` that are switched off, or on.
    #[serde(default)]
    methods: Vec<SeedMethod>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SeedSettings {
    allowed_for: Option<AllowedFor>,
    token_lifetime_in_minutes: Option<u8>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SeedMethod {
    #[serde(rename = "type")]
    method: Method,
    #[serde(default)]
    status: Status,
}

impl SeedAuthenticator {
    fn settings(&self) -> Settings {
        let default = Settings::default_of(self.key);
        let given = &self.settings;
        let is_off = |method: &&SeedMethod| method.status == Status::Inactive;
        let inactive = self.methods.iter().filter(is_off);
        Settings {
            allowed_for: given.allowed_for.unwrap_or(default.allowed_for),
            token_lifetime_in_minutes: given
                .token_lifetime_in_minutes
                .or(default.token_lifetime_in_minutes),
            inactive_methods: inactive.map(|method| method.method).collect(),
        }
    }

    /// What cannot be: the member, what is wrong with it, and the remedy.
    fn flaw(&self) -> Option<(&'static str, String, &'static str)> {
        let name = self.key.as_str();
        if self.key == AuthenticatorKey::OktaPassword && self.status == Status::Inactive {
            let problem = "the password cannot be switched off".to_owned();
            let remedy = "say in an enrollment policy that nobody needs one";
            return Some(("status", problem, remedy));
        }
        if let Some(minutes) = self.settings.token_lifetime_in_minutes {
            let is_allowed = Settings::TOKEN_LIFETIMES.contains(&minutes);
            if self.key != AuthenticatorKey::OktaEmail || !is_allowed {
                let problem = format!("{minutes} minutes cannot be set for {name}");
                let remedy = "use 5, 10, 15, 20, 25 or 30, and only for okta_email";
                return Some(("settings.tokenLifetimeInMinutes", problem, remedy));
            }
        }
        let is_foreign = |method: &SeedMethod| method.method.authenticator() != self.key;
        if self.methods.iter().any(is_foreign) {
            let problem = format!("{name} has no such method");
            return Some(("methods", problem, "name methods of the authenticator only"));
        }
        None
    }
}

/// Checks what the shapes alone do not say.
pub(super) fn check(authenticators: &[SeedAuthenticator]) -> Result<(), SeedError> {
    for (index, authenticator) in authenticators.iter().enumerate() {
        let place = format!("authenticators[{index}]");
        if let Some((member, problem, remedy)) = authenticator.flaw() {
            return Err(SeedError::field(
                format!("{place}.{member}"),
                problem,
                remedy,
            ));
        }
        let mut earlier = authenticators.iter().take(index);
        if earlier.any(|other| other.key == authenticator.key) {
            return Err(SeedError::field(
                format!("{place}.key"),
                "an earlier entry has the same key",
                "say everything about an authenticator in one place",
            ));
        }
    }
    Ok(())
}

/// Changes the authenticators of a new org, in the caller's transaction.
pub(super) fn store(
    db: &Connection,
    authenticators: &[SeedAuthenticator],
    now: Timestamp,
) -> rusqlite::Result<()> {
    for authenticator in authenticators {
        let is_active = authenticator.status == Status::Active;
        let settings = authenticator.settings();
        update_authenticator(db, authenticator.key, is_active, &settings, now)?;
    }
    Ok(())
}
