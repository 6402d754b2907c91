//! Switches of the org as a whole, and what it says of itself.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::store::Json;

/// Okta's *Embedded widget sign-in support*: whether apps may ask people themselves, by the interaction code flow.
const INTERACTION_CODE: &str = "interactionCode";
const GENERAL: &str = "general";

/// Whether the interaction code flow is on. It is, unless it was switched off.
pub(crate) fn is_interaction_code_on(db: &Connection) -> rusqlite::Result<bool> {
    Ok(find(db, INTERACTION_CODE)?.unwrap_or(true))
}

/// Switches the interaction code flow on or off, for every request from now on.
pub(crate) fn set_interaction_code(db: &Connection, is_on: bool) -> rusqlite::Result<()> {
    put(db, INTERACTION_CODE, is_on)
}

/// What the org says of itself, in the shape of Okta's `OrgSetting`. Nothing decides by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct General {
    pub(crate) company_name: Option<String>,
    pub(crate) address1: Option<String>,
    pub(crate) address2: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) phone_number: Option<String>,
    pub(crate) support_phone_number: Option<String>,
    pub(crate) website: Option<String>,
    #[serde(rename = "endUserSupportHelpURL")]
    pub(crate) end_user_support_help_url: Option<String>,
    pub(crate) opt_out_communication_emails: Option<bool>,
}

/// The org's own row, as far as the management API shows it.
#[derive(Debug)]
pub(crate) struct OrgRecord {
    pub(crate) general: General,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stored {
    general: General,
    /// Milliseconds since 1970.
    updated_at: i64,
}

/// What the org says of itself now.
pub(crate) fn find_general(db: &Connection) -> rusqlite::Result<OrgRecord> {
    let created_at: crate::store::Moment = db
        .prepare_cached("SELECT created_at FROM org")?
        .query_row([], |row| row.get(0))?;
    let stored: Option<Stored> = find(db, GENERAL)?;
    let updated_at = stored
        .as_ref()
        .and_then(|stored| Timestamp::from_millisecond(stored.updated_at).ok())
        .unwrap_or(created_at.0);
    let general = stored.map_or_else(
        || General {
            company_name: Some(crate::branding::NAME.to_owned()),
            ..General::default()
        },
        |stored| stored.general,
    );
    Ok(OrgRecord {
        general,
        created_at: created_at.0,
        updated_at,
    })
}

/// Keeps what the org says of itself.
pub(crate) fn set_general(
    db: &Connection,
    general: &General,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let stored = Stored {
        general: general.clone(),
        updated_at: now.as_millisecond(),
    };
    put(db, GENERAL, stored)
}

/// A setting, unless it is as it was when the org was made.
pub(crate) fn find<T: DeserializeOwned>(
    db: &Connection,
    name: &str,
) -> rusqlite::Result<Option<T>> {
    let found = db
        .prepare_cached("SELECT value FROM org_settings WHERE name = ?1")?
        .query_row([name], |row| row.get::<_, Json<T>>(0))
        .optional()?;
    Ok(found.map(|value| value.0))
}

/// Keeps a setting.
pub(crate) fn put<T: Serialize>(db: &Connection, name: &str, value: T) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO org_settings (name, value) VALUES (?1, ?2) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?
    .execute((name, Json(value)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::test_database;

    #[test]
    fn the_interaction_code_flow_is_on_until_it_is_switched_off() {
        let db = test_database();
        assert!(is_interaction_code_on(&db).expect("a database"));
        for is_on in [false, true] {
            set_interaction_code(&db, is_on).expect("a change");
            assert_eq!(is_interaction_code_on(&db).expect("a database"), is_on);
        }
    }
}
