use rusqlite::Connection;

use crate::api::TargetKind;
use crate::api::v1::roles::record::Assignment;

/// Ids of groups that exist, from the one after `?4` on.
const GROUPS: &str = "SELECT target FROM role_targets \
    WHERE holder_id = ?1 AND role = ?2 AND kind = 'GROUP' AND target IN (SELECT id FROM groups) \
    AND target > ?3 ORDER BY target LIMIT ?4";
/// Names of kinds of apps, and ids of apps that exist.
const APPS: &str = "SELECT target FROM role_targets \
    WHERE holder_id = ?1 AND role = ?2 AND (kind = 'APP' OR (kind = 'APP_INSTANCE' AND target IN (SELECT id FROM apps))) \
    AND target > ?3 ORDER BY target LIMIT ?4";

/// What the role is limited to, as far as it exists: groups.
pub(super) fn group_targets(
    db: &Connection,
    role: &Assignment,
    after: &str,
    limit: usize,
) -> rusqlite::Result<Vec<String>> {
    select(db, GROUPS, role, after, limit)
}

/// What the role is limited to, as far as it exists: kinds of apps and apps.
pub(super) fn app_targets(
    db: &Connection,
    role: &Assignment,
    after: &str,
    limit: usize,
) -> rusqlite::Result<Vec<String>> {
    select(db, APPS, role, after, limit)
}

fn select(
    db: &Connection,
    sql: &str,
    role: &Assignment,
    after: &str,
    limit: usize,
) -> rusqlite::Result<Vec<String>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.prepare_cached(sql)?
        .query_map((role.to.id(), role.role.as_str(), after, limit), |row| {
            row.get(0)
        })?
        .collect()
}

/// Limits the role to something more. `false`: it was there already.
pub(super) fn add(
    db: &Connection,
    role: &Assignment,
    kind: TargetKind,
    target: &str,
) -> rusqlite::Result<bool> {
    let added = db
        .prepare_cached(
            "INSERT OR IGNORE INTO role_targets (holder_id, role, kind, target) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((role.to.id(), role.role.as_str(), kind.as_str(), target))?;
    Ok(added > 0)
}

/// Takes one target away. `false`: it was none.
pub(super) fn remove(
    db: &Connection,
    role: &Assignment,
    kind: TargetKind,
    target: &str,
) -> rusqlite::Result<bool> {
    let removed = db
        .prepare_cached(
            "DELETE FROM role_targets WHERE holder_id = ?1 AND role = ?2 AND kind = ?3 AND target = ?4",
        )?
        .execute((role.to.id(), role.role.as_str(), kind.as_str(), target))?;
    Ok(removed > 0)
}

/// Takes all targets of a kind away.
pub(super) fn clear(
    db: &Connection,
    role: &Assignment,
    kind: TargetKind,
) -> rusqlite::Result<usize> {
    db.prepare_cached("DELETE FROM role_targets WHERE holder_id = ?1 AND role = ?2 AND kind = ?3")?
        .execute((role.to.id(), role.role.as_str(), kind.as_str()))
}

/// Whether there is a target of the kind.
pub(super) fn has(db: &Connection, role: &Assignment, kind: TargetKind) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM role_targets WHERE holder_id = ?1 AND role = ?2 AND kind = ?3",
    )?
    .exists((role.to.id(), role.role.as_str(), kind.as_str()))
}
