//! Switches of the org as a whole.

use rusqlite::{Connection, OptionalExtension as _};

use crate::store::Json;

/// Okta's *Embedded widget sign-in support*: whether apps may ask people themselves, by the interaction code flow.
const INTERACTION_CODE: &str = "interactionCode";

/// Whether the interaction code flow is on. It is, unless it was switched off.
pub(crate) fn is_interaction_code_on(db: &Connection) -> rusqlite::Result<bool> {
    let found = db
        .prepare_cached("SELECT value FROM org_settings WHERE name = ?1")?
        .query_row([INTERACTION_CODE], |row| row.get::<_, Json<bool>>(0))
        .optional()?;
    Ok(found.is_none_or(|value| value.0))
}

/// Switches the interaction code flow on or off, for every request from now on.
pub(crate) fn set_interaction_code(db: &Connection, is_on: bool) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO org_settings (name, value) VALUES (?1, ?2) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?
    .execute((INTERACTION_CODE, Json(is_on)))?;
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
