//! Which authenticators the org offers, and with which settings
//! (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Authenticator/>).

mod defaults;
mod settings;

use jiff::Timestamp;
use model::{AuthenticatorId, Entropy};
use rusqlite::{Connection, Row};

use super::{AuthenticatorKey, Method};
use crate::store::{Json, Moment, parsed};

pub(crate) use settings::{AllowedFor, Settings, UserVerification};

/// An authenticator as the org offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AuthenticatorRecord {
    pub(crate) id: AuthenticatorId,
    pub(crate) key: AuthenticatorKey,
    pub(crate) is_active: bool,
    pub(crate) settings: Settings,
}

impl AuthenticatorRecord {
    /// The methods that may be used, in the order in which they are offered; none when it is inactive.
    pub(crate) fn methods(&self) -> impl Iterator<Item = Method> + '_ {
        let methods = self.key.methods().iter().copied();
        methods.filter(|method| self.is_active && !self.settings.inactive_methods.contains(method))
    }

    /// Whether one may sign in with it.
    pub(crate) fn is_for_sign_in(&self) -> bool {
        self.is_active && matches!(self.settings.allowed_for, AllowedFor::Any | AllowedFor::Sso)
    }

    /// Whether one may recover an account with it.
    pub(crate) fn is_for_recovery(&self) -> bool {
        let allowed = self.settings.allowed_for;
        self.is_active && matches!(allowed, AllowedFor::Any | AllowedFor::Recovery)
    }
}

/// The org's authenticators, in the order in which they are offered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Catalog(Vec<AuthenticatorRecord>);

impl Catalog {
    /// Reads what the org offers now.
    pub(crate) fn load(db: &Connection) -> rusqlite::Result<Self> {
        let mut records = db
            .prepare_cached("SELECT id, key, status, settings FROM authenticators")?
            .query_map([], from_row)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        records.sort_by_key(|record| record.key);
        Ok(Self(records))
    }

    /// The authenticator of this key, if the org has it at all.
    pub(crate) fn get(&self, key: AuthenticatorKey) -> Option<&AuthenticatorRecord> {
        self.0.iter().find(|record| record.key == key)
    }

    /// The one with this id.
    pub(crate) fn find_by_id(&self, id: &str) -> Option<&AuthenticatorRecord> {
        self.0.iter().find(|record| record.id.as_str() == id)
    }

    /// All of them, active or not.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, AuthenticatorRecord> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Catalog {
    type Item = &'a AuthenticatorRecord;
    type IntoIter = std::slice::Iter<'a, AuthenticatorRecord>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<AuthenticatorRecord> for Catalog {
    fn from_iter<I: IntoIterator<Item = AuthenticatorRecord>>(records: I) -> Self {
        Self(records.into_iter().collect())
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<AuthenticatorRecord> {
    Ok(AuthenticatorRecord {
        id: parsed(row, "id")?,
        key: parsed(row, "key")?,
        is_active: row.get::<_, String>("status")? == ACTIVE,
        settings: row.get::<_, Json<Settings>>("settings")?.0,
    })
}

const ACTIVE: &str = "ACTIVE";
const INACTIVE: &str = "INACTIVE";

/// Gives the org the authenticators that it has not yet, as a fresh org has them.
pub(crate) fn store_defaults(
    db: &Connection,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO authenticators (id, key, status, settings, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (key) DO NOTHING",
    )?;
    for key in AuthenticatorKey::ALL {
        let id = AuthenticatorId::generate(entropy);
        let settings = Json(Settings::default_of(key));
        insert.execute((id.as_str(), key.as_str(), ACTIVE, settings, Moment(now)))?;
    }
    Ok(())
}

/// Switches an authenticator on or off and gives it its settings.
pub(crate) fn update_authenticator(
    db: &Connection,
    key: AuthenticatorKey,
    is_active: bool,
    settings: &Settings,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let status = if is_active { ACTIVE } else { INACTIVE };
    db.prepare_cached(
        "UPDATE authenticators SET status = ?2, settings = ?3, updated_at = ?4 WHERE key = ?1",
    )?
    .execute((key.as_str(), status, Json(settings), Moment(now)))?;
    Ok(())
}

#[cfg(test)]
mod tests;
