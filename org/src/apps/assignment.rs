//! Who has an app: users by themselves, and groups.

use jiff::Timestamp;
use model::{AppId, GroupId, UserId};
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::{Map, Value};

use crate::store::{Json, Moment, parsed};

/// A group that has an app.
#[derive(Debug, Clone)]
pub(crate) struct GroupAssignment {
    pub(crate) group_id: GroupId,
    /// Of two groups of a user, the profile of that with the smaller one counts.
    pub(crate) priority: i64,
    pub(crate) profile: Map<String, Value>,
    pub(crate) updated_at: Timestamp,
}

/// What a request says of an assignment of a group; what it leaves out stays, or is Okta's default.
#[derive(Debug, Clone, Default)]
pub(crate) struct GroupTerms {
    pub(crate) priority: Option<i64>,
    pub(crate) profile: Option<Map<String, Value>>,
}

const GROUP_COLUMNS: &str =
    "app_groups.group_id, app_groups.priority, app_groups.profile, app_groups.updated_at";

fn group_from_row(row: &Row<'_>) -> rusqlite::Result<GroupAssignment> {
    Ok(GroupAssignment {
        group_id: parsed(row, 0)?,
        priority: row.get(1)?,
        profile: row.get::<_, Json<Map<String, Value>>>(2)?.0,
        updated_at: row.get::<_, Moment>(3)?.0,
    })
}

/// The assignment of a group to an app.
pub(crate) fn find_group_assignment(
    db: &Connection,
    app: &AppId,
    group: &str,
) -> rusqlite::Result<Option<GroupAssignment>> {
    db.prepare_cached(&format!(
        "SELECT {GROUP_COLUMNS} FROM app_groups WHERE app_id = ?1 AND group_id = ?2"
    ))?
    .query_row((app.as_str(), group), group_from_row)
    .optional()
}

/// The groups that have an app and whose names begin with `name`, by id, from the one behind `after` on.
pub(crate) fn list_group_assignments(
    db: &Connection,
    app: &AppId,
    name: &str,
    after: &str,
    limit: usize,
) -> rusqlite::Result<Vec<GroupAssignment>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.prepare_cached(&format!(
        "SELECT {GROUP_COLUMNS} FROM app_groups JOIN groups ON groups.id = group_id \
         WHERE app_id = ?1 AND group_id > ?2 AND (?3 = '' OR instr(lower(groups.name), lower(?3)) = 1) \
         ORDER BY group_id LIMIT ?4"
    ))?
    .query_map((app.as_str(), after, name, limit), group_from_row)?
    .collect()
}

/// Gives an app to a group, or changes the terms of it. Whether it is new.
pub(crate) fn put_group(
    db: &Connection,
    app: &AppId,
    group: &GroupId,
    terms: &GroupTerms,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let old = find_group_assignment(db, app, group.as_str())?;
    let next = || {
        db.prepare_cached(
            "SELECT coalesce(max(priority) + 1, 0) FROM app_groups WHERE app_id = ?1",
        )?
        .query_row([app.as_str()], |row| row.get(0))
    };
    let priority = match (terms.priority, &old) {
        (Some(priority), _) => priority,
        (None, Some(old)) => old.priority,
        (None, None) => next()?,
    };
    let before = old.as_ref().map(|old| old.profile.clone());
    let profile = terms.profile.clone().or(before).unwrap_or_default();
    db.prepare_cached(
        "INSERT INTO app_groups (app_id, group_id, priority, profile, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (app_id, group_id) DO UPDATE SET \
         priority = excluded.priority, profile = excluded.profile, updated_at = excluded.updated_at",
    )?
    .execute((
        app.as_str(),
        group.as_str(),
        priority,
        Json(profile),
        Moment(now),
    ))?;
    Ok(old.is_none())
}

/// Gives an app to a group.
pub(crate) fn assign_group(
    db: &Connection,
    app: &AppId,
    group: &GroupId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    put_group(db, app, group, &GroupTerms::default(), now).map(|_| ())
}

/// Takes an app from a group. Whether it had it.
pub(crate) fn unassign_group(db: &Connection, app: &AppId, group: &str) -> rusqlite::Result<bool> {
    Ok(db
        .prepare_cached("DELETE FROM app_groups WHERE app_id = ?1 AND group_id = ?2")?
        .execute((app.as_str(), group))?
        > 0)
}

/// Gives an app to a user; one who has it keeps it as it is.
pub(crate) fn assign_user(
    db: &Connection,
    app: &AppId,
    user: &UserId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO app_users (app_id, user_id, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)",
    )?
    .execute((app.as_str(), user.as_str(), Moment(now)))?;
    Ok(())
}

/// What a request says of an assignment of a user; what it leaves out stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct UserTerms {
    /// Under which name the app knows the user, unless it is their login.
    pub(crate) user_name: Option<String>,
    pub(crate) profile: Option<Map<String, Value>>,
}

/// Gives an app to a user, or changes the terms of it.
pub(crate) fn put_user(
    db: &Connection,
    app: &AppId,
    user: &UserId,
    terms: &UserTerms,
    now: Timestamp,
) -> rusqlite::Result<()> {
    assign_user(db, app, user, now)?;
    db.prepare_cached(
        "UPDATE app_users SET user_name = coalesce(?3, user_name), profile = coalesce(?4, profile), updated_at = ?5 \
         WHERE app_id = ?1 AND user_id = ?2",
    )?
    .execute((
        app.as_str(),
        user.as_str(),
        &terms.user_name,
        terms.profile.as_ref().map(Json),
        Moment(now),
    ))?;
    Ok(())
}

/// Takes an app from a user. What they have by a group they keep.
pub(crate) fn unassign_user(db: &Connection, app: &AppId, user: &UserId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM app_users WHERE app_id = ?1 AND user_id = ?2")?
        .execute((app.as_str(), user.as_str()))?;
    Ok(())
}
