use model::{ErrorCode, UserId};
use std::cell::RefCell;
use std::collections::BTreeSet;

use super::columns::{attribute_sql, search_column};
use super::page::Found;
use crate::api::{ApiError, Column, Listing, condition, custom_column};
use crate::directory::CustomAttribute;

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
    const BY_ID: Self = Self {
        key: None,
        is_descending: false,
    };

    /// As a search says, else as it is answered fastest.
    pub(super) fn read(listing: &Listing, custom: &[CustomAttribute]) -> Result<Self, ApiError> {
        let order = listing.parameter("sortOrder").unwrap_or("asc");
        let is_descending = match order.to_ascii_lowercase().as_str() {
            "asc" | "ascending" => false,
            "desc" | "descending" => true,
            _ => return Err(ApiError::invalid("sortOrder", "Expected asc or desc")),
        };
        let search = listing.parameter("search");
        if let (Some(by), Some(_)) = (listing.parameter("sortBy"), search) {
            let key = Key::of(by).ok_or_else(|| {
                ApiError::invalid("sortBy", "Users cannot be sorted by this property")
            })?;
            return Ok(Self {
                key: key.into_key(),
                is_descending,
            });
        }
        let natural = match (search, listing.parameter("filter")) {
            (Some(search), _) => Self::natural(search, ErrorCode::InvalidSearch, custom)?,
            (None, Some(filter)) => Self::natural(filter, ErrorCode::InvalidFilter, &[])?,
            (None, None) => Self::BY_ID,
        };
        Ok(Self {
            is_descending: is_descending && search.is_some(),
            ..natural
        })
    }

    /// By the property that an expression names, if it names one alone and that has an index: then those whom it is true of
    /// are neighbours, and the next page begins where this one ends. Of several properties no index holds all, and to look
    /// each user up takes ten times as long as to read them as they lie: by id. The error has the `code`.
    fn natural(
        expression: &str,
        code: ErrorCode,
        custom: &[CustomAttribute],
    ) -> Result<Self, ApiError> {
        const INDEXED: [&str; 6] = [
            "profile.login",
            "profile.email",
            "profile.firstName",
            "profile.lastName",
            "created",
            "lastUpdated",
        ];
        let named = RefCell::new(BTreeSet::new());
        let note = |name: &str| {
            // Each index holds these as well.
            if !["id", "status"].contains(&name) {
                named.borrow_mut().insert(name.to_owned());
            }
            search_column(name).or_else(|| custom_column(custom, "profile", name))
        };
        // The condition itself is made when the order is known: its collations depend on it.
        condition(expression, code, &note)?;
        let named = named.into_inner();
        let alone = named.first().filter(|_| named.len() == 1);
        let indexed = alone.filter(|name| INDEXED.contains(&name.as_str()));
        Ok(Self {
            key: indexed.and_then(|name| Key::of(name)?.into_key()),
            ..Self::BY_ID
        })
    }

    #[cfg(test)]
    pub(super) fn of(expression: &str, property: Option<&str>) -> Self {
        match property {
            None => Self::natural(expression, ErrorCode::InvalidSearch, &[]).unwrap_or(Self::BY_ID),
            Some(property) => Self {
                key: Key::of(property).and_then(SortedBy::into_key),
                is_descending: false,
            },
        }
    }

    /// How many keys a cursor has.
    pub(super) const fn keys(&self) -> usize {
        if self.key.is_some() { 2 } else { 1 }
    }

    /// Refuses keys that no user of such a list has: somebody made the cursor up.
    pub(super) fn check(&self, after: Option<&[String]>) -> Result<(), ApiError> {
        let is_of_list = after.is_none_or(|keys| {
            let is_id = keys
                .last()
                .is_some_and(|id| UserId::parse(id.as_str()).is_ok());
            let is_moment = keys.first().is_some_and(|key| key.parse::<i64>().is_ok());
            is_id && (is_moment || !self.is_by_moment())
        });
        if is_of_list {
            Ok(())
        } else {
            Err(ApiError::new(ErrorCode::InvalidPaging).because("after: Not a cursor of this list"))
        }
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

    /// The sign of what comes after.
    pub(super) const fn sign(&self) -> &'static str {
        if self.is_descending { "<" } else { ">" }
    }

    /// How SQL sorts by id alone, and by everything.
    pub(super) fn by(&self) -> (String, String) {
        let direction = if self.is_descending { "DESC" } else { "ASC" };
        let by_id = format!("id {direction}");
        let by_key = match &self.key {
            Some(key) => format!("{} {direction}, {by_id}", key.sql),
            None => by_id.clone(),
        };
        (by_id, by_key)
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

/// What a property sorts by.
enum SortedBy {
    /// The id, which needs no key.
    Id,
    Key(Key),
}

impl SortedBy {
    fn into_key(self) -> Option<Key> {
        match self {
            Self::Id => None,
            Self::Key(key) => Some(key),
        }
    }
}

impl Key {
    /// `None`: users have no such property.
    fn of(name: &str) -> Option<SortedBy> {
        let (sql, is_moment) = match name {
            "id" => return Some(SortedBy::Id),
            "status" => ("status".to_owned(), false),
            "created" | "lastUpdated" => (search_column(name)?.sql, true),
            "activated" | "statusChanged" | "lastLogin" | "passwordChanged" => {
                (format!("coalesce({}, 0)", search_column(name)?.sql), true)
            }
            _ => (Self::of_attribute(name.strip_prefix("profile.")?)?, false),
        };
        Some(SortedBy::Key(Self { sql, is_moment }))
    }

    fn of_attribute(name: &str) -> Option<String> {
        /// Those that every user has, and that have indices.
        const ALWAYS_THERE: [&str; 4] = ["login", "email", "firstName", "lastName"];
        let sql = attribute_sql(name)?;
        if ALWAYS_THERE.contains(&name) {
            return Some(sql);
        }
        let plain = sql.trim_end_matches(" COLLATE NOCASE");
        Some(format!("coalesce({plain}, '') COLLATE NOCASE"))
    }
}
