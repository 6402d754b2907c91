//! What administrators set about the limits.

use rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::settings::{find, put};

const NAME: &str = "rateLimits";

/// What a limit of a browser does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ClientMode {
    /// Refuses, and writes it down.
    #[default]
    Enforce,
    /// Writes it down.
    Preview,
    /// Nothing.
    Disable,
}

/// What browsers are limited at, under Okta's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum UseCase {
    /// The pages where people sign in.
    #[serde(rename = "LOGIN_PAGE")]
    LoginPage,
    /// Where apps send browsers.
    #[serde(rename = "OAUTH2_AUTHORIZE")]
    Authorize,
    /// Apps that the org begins a sign-in for. There is no such thing here.
    #[serde(rename = "OIE_APP_INTENT")]
    AppIntent,
}

/// The settings, in Okta's shapes put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct LimitSettings {
    /// In percent of a limit: from there on there is a warning in the System Log.
    pub(crate) warning_threshold: u8,
    pub(crate) notifications_enabled: bool,
    pub(crate) default_mode: ClientMode,
    pub(crate) use_case_mode_overrides: BTreeMap<UseCase, ClientMode>,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            warning_threshold: 90,
            notifications_enabled: true,
            default_mode: ClientMode::Enforce,
            use_case_mode_overrides: BTreeMap::new(),
        }
    }
}

impl LimitSettings {
    pub(super) fn mode(&self, use_case: UseCase) -> ClientMode {
        let overriding = self.use_case_mode_overrides.get(&use_case);
        overriding.copied().unwrap_or(self.default_mode)
    }
}

/// What is set.
pub(crate) fn find_limit_settings(db: &Connection) -> rusqlite::Result<LimitSettings> {
    Ok(find(db, NAME)?.unwrap_or_default())
}

/// Sets it, for every request from now on.
pub(crate) fn put_limit_settings(
    db: &Connection,
    settings: &LimitSettings,
) -> rusqlite::Result<()> {
    put(db, NAME, settings)
}

/// The share of a bucket and of the requests at the same time that one token or app may have, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) requests: u32,
    pub(super) concurrency: u32,
}

/// Okta's, where nothing is set.
const SHARE: Share = Share {
    requests: 50,
    concurrency: 50,
};

pub(super) fn find_share(db: &Connection, principal: &str) -> rusqlite::Result<Share> {
    let found = db
        .prepare_cached(
            "SELECT default_percentage, default_concurrency_percentage FROM principal_rate_limits WHERE principal_id = ?1",
        )?
        .query_row([principal], |row| {
            Ok(Share {
                requests: row.get(0)?,
                concurrency: row.get(1)?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or(SHARE))
}
