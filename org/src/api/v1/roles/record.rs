use jiff::Timestamp;
use model::{Entropy, UserId};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::api::Role;
use crate::store::{Moment, parsed};

/// That somebody, or everybody of a group, has a role.
#[derive(Debug, Clone)]
pub(super) struct Assignment {
    pub(super) id: String,
    pub(super) role: Role,
    pub(super) created_at: Timestamp,
    pub(super) to: Assignee,
}

/// To whom a role is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Assignee {
    User(String),
    Group(String),
    /// A service app.
    Client(String),
}

impl Assignee {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::User(id) | Self::Group(id) | Self::Client(id) => id,
        }
    }

    const fn table(&self) -> (&'static str, &'static str) {
        match self {
            Self::User(_) => ("admin_roles", "user_id"),
            Self::Group(_) => ("group_roles", "group_id"),
            Self::Client(_) => ("app_roles", "app_id"),
        }
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<Assignment> {
        let role: Role = parsed(row, 0)?;
        let id: Option<String> = row.get(1)?;
        Ok(Assignment {
            id: id.unwrap_or_else(|| role.assignment_id()),
            role,
            created_at: row.get::<_, Moment>(2)?.0,
            to: self.clone(),
        })
    }

    /// The roles, in alphabetical order.
    pub(super) fn list(&self, db: &Connection) -> rusqlite::Result<Vec<Assignment>> {
        let (table, column) = self.table();
        db.prepare_cached(&format!(
            "SELECT role, id, created_at FROM {table} WHERE {column} = ?1 ORDER BY role"
        ))?
        .query_map([self.id()], |row| self.read(row))?
        .collect()
    }

    pub(super) fn find(&self, db: &Connection, id: &str) -> rusqlite::Result<Option<Assignment>> {
        Ok(self.list(db)?.into_iter().find(|one| one.id == id))
    }

    /// Gives a role. `None`: it was there already.
    pub(super) fn assign(
        &self,
        db: &Connection,
        role: Role,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> rusqlite::Result<Option<Assignment>> {
        let (table, column) = self.table();
        let id = assignment_id(role, entropy);
        db.prepare_cached(&format!(
            "INSERT OR IGNORE INTO {table} ({column}, role, id, created_at) VALUES (?1, ?2, ?3, ?4) \
             RETURNING role, id, created_at"
        ))?
        .query_row((self.id(), role.as_str(), id, Moment(now)), |row| self.read(row))
        .optional()
    }

    pub(super) fn unassign(&self, db: &Connection, role: Role) -> rusqlite::Result<()> {
        let (table, column) = self.table();
        db.prepare_cached(&format!(
            "DELETE FROM {table} WHERE {column} = ?1 AND role = ?2"
        ))?
        .execute((self.id(), role.as_str()))?;
        Ok(())
    }
}

/// As at Okta: drawn for the role that may do everything, the role itself in Base32 for the others.
fn assignment_id(role: Role, entropy: &dyn Entropy) -> String {
    if role == Role::SuperAdmin {
        let drawn = UserId::generate(entropy);
        format!("ra1{}", drawn.as_str().get(3..).unwrap_or_default())
    } else {
        role.assignment_id()
    }
}
