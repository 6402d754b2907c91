//! Actors and targets that stand in the database.

use model::{AppId, GroupId, UserId};
use rusqlite::{Connection, OptionalExtension as _};

use super::Actor;
use crate::apps::find_app_label;
use crate::directory::find_user;

/// A user, as actor or as target.
pub(crate) fn user_of(db: &Connection, id: &UserId) -> rusqlite::Result<Actor> {
    Ok(match find_user(db, id)? {
        Some(user) => {
            let name = user.profile.full_name();
            Actor::new("User", id.as_str(), user.profile.login, name)
        }
        None => Actor::new("User", id.as_str(), "unknown", "unknown"),
    })
}

/// An app as something that people sign in to.
pub(crate) fn app_of(db: &Connection, id: &AppId) -> rusqlite::Result<Actor> {
    let label = find_app_label(db, id)?.unwrap_or_default();
    Ok(Actor::new("AppInstance", id.as_str(), label.clone(), label))
}

/// A group.
pub(crate) fn group_of(db: &Connection, id: &GroupId) -> rusqlite::Result<Actor> {
    let name: Option<String> = db
        .prepare_cached("SELECT name FROM groups WHERE id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?;
    let name = name.unwrap_or_default();
    Ok(Actor::new("UserGroup", id.as_str(), "unknown", name))
}

/// An app that acts for itself.
pub(crate) fn client_of(db: &Connection, id: &AppId) -> rusqlite::Result<Actor> {
    let label = find_app_label(db, id)?.unwrap_or_default();
    Ok(Actor::new(
        "PublicClientApp",
        id.as_str(),
        id.as_str(),
        label,
    ))
}
