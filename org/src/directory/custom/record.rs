use jiff::Timestamp;
use rusqlite::Connection;

use super::Definition;
use crate::store::{Json, Moment};

/// What has a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profiled {
    User,
    Group,
}

impl Profiled {
    const fn as_str(self) -> &'static str {
        match self {
            Self::User => "USER",
            Self::Group => "GROUP",
        }
    }

    /// The table with the column that holds the values.
    const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::User => ("users", "profile"),
            Self::Group => ("groups", "custom"),
        }
    }
}

/// An attribute that somebody added. Its name is a word of ASCII letters, digits and underscores.
#[derive(Debug, Clone)]
pub(crate) struct CustomAttribute {
    pub(crate) name: String,
    pub(crate) definition: Definition,
}

/// The attributes that were added, by name.
pub(crate) fn list_custom_attributes(
    db: &Connection,
    of: Profiled,
) -> rusqlite::Result<Vec<CustomAttribute>> {
    db.prepare_cached(
        "SELECT name, definition FROM custom_attributes WHERE kind = ?1 ORDER BY name",
    )?
    .query_map([of.as_str()], |row| {
        Ok(CustomAttribute {
            name: row.get(0)?,
            definition: row.get::<_, Json<Definition>>(1)?.0,
        })
    })?
    .collect()
}

/// Adds an attribute, or changes what it is.
pub(crate) fn put_custom_attribute(
    db: &Connection,
    of: Profiled,
    attribute: &CustomAttribute,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO custom_attributes (kind, name, definition, updated_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (kind, name) DO UPDATE SET definition = excluded.definition, updated_at = excluded.updated_at",
    )?
    .execute((
        of.as_str(),
        &attribute.name,
        Json(&attribute.definition),
        Moment(now),
    ))?;
    Ok(())
}

/// Takes an attribute away, with the values that it has. Whether there was one.
pub(crate) fn delete_custom_attribute(
    db: &Connection,
    of: Profiled,
    name: &str,
) -> rusqlite::Result<bool> {
    let deleted = db
        .prepare_cached("DELETE FROM custom_attributes WHERE kind = ?1 AND name = ?2")?
        .execute((of.as_str(), name))?;
    if deleted == 0 {
        return Ok(false);
    }
    let (table, column) = of.place();
    let path = format!("$.{name}");
    db.prepare_cached(&format!(
        "UPDATE {table} SET {column} = json_remove({column}, ?1) WHERE json_type({column}, ?1) IS NOT NULL"
    ))?
    .execute([path])?;
    Ok(true)
}

/// When an attribute that is there was last added or changed.
pub(crate) fn schema_changed_at(
    db: &Connection,
    of: Profiled,
) -> rusqlite::Result<Option<Timestamp>> {
    let last: Option<Moment> = db
        .prepare_cached("SELECT max(updated_at) FROM custom_attributes WHERE kind = ?1")?
        .query_row([of.as_str()], |row| row.get(0))?;
    Ok(last.map(|moment| moment.0))
}
