use super::columns::{attribute_sql, search_column};
use super::page::Found;
use crate::api::{ApiError, Column, Listing};

/// How a list of users is sorted: by one key and, where that is the same, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// The expression of the key; nothing for the id alone.
    key: Option<Key>,
    is_descending: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    /// An expression that is never null.
    sql: String,
    is_moment: bool,
}

impl Order {
    /// By id unless a search says otherwise.
    pub(super) fn read(listing: &Listing) -> Result<Self, ApiError> {
        let order = listing.parameter("sortOrder").unwrap_or("asc");
        let is_descending = match order.to_ascii_lowercase().as_str() {
            "asc" | "ascending" => false,
            "desc" | "descending" => true,
            _ => return Err(ApiError::invalid("sortOrder", "Expected asc or desc")),
        };
        if listing.parameter("search").is_none() {
            return Ok(Self {
                key: None,
                is_descending: false,
            });
        }
        let by = listing.parameter("sortBy").unwrap_or("id");
        let key = Key::of(by).ok_or_else(|| {
            ApiError::invalid("sortBy", "Users cannot be sorted by this property")
        })?;
        Ok(Self { key, is_descending })
    }

    #[cfg(test)]
    pub(super) fn by(property: Option<&str>, is_descending: bool) -> Self {
        let key = property.and_then(Key::of).flatten();
        Self { key, is_descending }
    }

    /// How many keys a cursor has.
    pub(super) const fn keys(&self) -> usize {
        if self.key.is_some() { 2 } else { 1 }
    }

    pub(super) fn keys_of(&self, found: &Found) -> Vec<String> {
        let id = found.user.id.to_string();
        match self.key {
            None => vec![id],
            Some(_) => vec![found.key.clone(), id],
        }
    }

    /// The expression that sorts; the text `''` where the id is enough.
    pub(super) fn key_sql(&self) -> &str {
        self.key.as_ref().map_or("''", |key| key.sql.as_str())
    }

    pub(super) const fn has_key(&self) -> bool {
        self.key.is_some()
    }

    pub(super) fn is_by_moment(&self) -> bool {
        self.key.as_ref().is_some_and(|key| key.is_moment)
    }

    /// The sign of what comes after, and the word for the order.
    pub(super) const fn direction(&self) -> (&'static str, &'static str) {
        if self.is_descending {
            ("<", "DESC")
        } else {
            (">", "ASC")
        }
    }

    /// Where a list is sorted by something else, an index by status would lead to most users of the org, all to be sorted. The
    /// plus sign keeps SQLite from it: the index of the sorting key holds the status as well.
    pub(super) fn weigh(&self, name: &str, column: Column) -> Column {
        if name == "status" && self.has_key() {
            Column {
                sql: format!("+{}", column.sql),
                ..column
            }
        } else {
            column
        }
    }
}

impl Key {
    /// `None`: there is no such property. The id needs no key.
    fn of(name: &str) -> Option<Option<Self>> {
        /// Those that every user has, and that have indices.
        const ALWAYS_THERE: [&str; 4] = ["login", "email", "firstName", "lastName"];
        let (sql, is_moment) = match name {
            "id" => return Some(None),
            "status" => ("status".to_owned(), false),
            "created" | "lastUpdated" => (search_column(name)?.sql, true),
            "activated" | "statusChanged" | "lastLogin" | "passwordChanged" => {
                (format!("coalesce({}, 0)", search_column(name)?.sql), true)
            }
            _ => {
                let attribute = name.strip_prefix("profile.")?;
                let sql = attribute_sql(attribute)?;
                if ALWAYS_THERE.contains(&attribute) {
                    (sql, false)
                } else {
                    let plain = sql.trim_end_matches(" COLLATE NOCASE");
                    (format!("coalesce({plain}, '') COLLATE NOCASE"), false)
                }
            }
        };
        Some(Some(Self { sql, is_moment }))
    }
}
