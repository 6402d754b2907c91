use jiff::Timestamp;
use model::UserId;
use rusqlite::Connection;
use std::collections::BTreeMap;

use super::Expression;
use crate::directory::{Profile, UserStatus, end_unassigned};
use crate::store::{Json, Moment, parsed};

/// A rule that is active.
struct ActiveRule {
    id: String,
    expression: Expression,
    groups: Vec<String>,
    excluded: Vec<String>,
}

impl ActiveRule {
    fn applies(&self, user: &UserId, profile: &Profile) -> bool {
        let is_excluded = self.excluded.iter().any(|id| id == user.as_str());
        !is_excluded && self.expression.is_true_of(profile)
    }
}

fn active_rules(db: &Connection) -> rusqlite::Result<Vec<ActiveRule>> {
    let rows: Vec<(String, String, Vec<String>, Vec<String>)> = db
        .prepare_cached(
            "SELECT id, expression, group_ids, excluded_users FROM group_rules WHERE status = 'ACTIVE' ORDER BY id",
        )?
        .query_map([], |row| {
            let (groups, excluded): (Json<Vec<String>>, Json<Vec<String>>) = (row.get(2)?, row.get(3)?);
            Ok((row.get(0)?, row.get(1)?, groups.0, excluded.0))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, expression, groups, excluded)| {
            let expression = Expression::parse(&expression).ok()?;
            Some(ActiveRule {
                id,
                expression,
                groups,
                excluded,
            })
        })
        .collect())
}

/// Puts a user into the groups that the active rules say, and takes them out of those where a rule put them that is not true
/// of them any more. Where somebody put them they stay. What they had by a group alone ends with it.
pub(crate) fn apply_rules(
    db: &Connection,
    user: &UserId,
    profile: &Profile,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let rules = active_rules(db)?;
    if rules.is_empty() {
        return Ok(());
    }
    let mut wanted: BTreeMap<&str, &str> = BTreeMap::new();
    for rule in rules.iter().filter(|rule| rule.applies(user, profile)) {
        for group in &rule.groups {
            wanted.entry(group).or_insert(&rule.id);
        }
    }
    let mut has_left = false;
    for (group, rule) in by_rule(db, user)? {
        let is_of_active_rule = rules.iter().any(|active| active.id == rule);
        if is_of_active_rule && !wanted.contains_key(group.as_str()) {
            db.prepare_cached("DELETE FROM group_members WHERE user_id = ?1 AND group_id = ?2")?
                .execute((user.as_str(), &group))?;
            note_membership(db, &group, now)?;
            has_left = true;
        }
    }
    for (group, rule) in wanted {
        join(db, user, group, rule, now)?;
    }
    if has_left {
        end_unassigned(db, Some(user), None, now)?;
    }
    Ok(())
}

/// Does the same for everybody who is there, when a rule becomes active.
pub(crate) fn apply_rule_to_all(
    db: &Connection,
    rule: &str,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let Some(rule) = active_rules(db)?
        .into_iter()
        .find(|active| active.id == rule)
    else {
        return Ok(());
    };
    let mut users = db.prepare("SELECT id, profile, status FROM users")?;
    let mut rows = users.query([])?;
    while let Some(row) = rows.next()? {
        let (user, status): (UserId, UserStatus) = (parsed(row, 0)?, parsed(row, 2)?);
        let profile = row.get::<_, Json<Profile>>(1)?.0;
        if status != UserStatus::Deprovisioned && rule.applies(&user, &profile) {
            for group in &rule.groups {
                join(db, &user, group, &rule.id, now)?;
            }
        }
    }
    Ok(())
}

/// Takes everybody out of the groups where this rule put them, with what they had by these alone.
pub(crate) fn leave_groups_of_rule(
    db: &Connection,
    rule: &str,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE groups SET membership_updated_at = ?2 \
         WHERE id IN (SELECT group_id FROM group_members WHERE rule_id = ?1)",
    )?
    .execute((rule, Moment(now)))?;
    let left = db
        .prepare_cached("DELETE FROM group_members WHERE rule_id = ?1")?
        .execute([rule])?;
    if left > 0 {
        end_unassigned(db, None, None, now)?;
    }
    Ok(())
}

/// The groups that rules put the user into, each with its rule.
fn by_rule(db: &Connection, user: &UserId) -> rusqlite::Result<Vec<(String, String)>> {
    db.prepare_cached(
        "SELECT group_id, rule_id FROM group_members WHERE user_id = ?1 AND rule_id IS NOT NULL",
    )?
    .query_map([user.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}

/// A group that was deleted meanwhile is passed over.
fn join(
    db: &Connection,
    user: &UserId,
    group: &str,
    rule: &str,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let joined = db
        .prepare_cached(
            "INSERT OR IGNORE INTO group_members (user_id, group_id, rule_id) \
             SELECT ?1, id, ?3 FROM groups WHERE id = ?2",
        )?
        .execute((user.as_str(), group, rule))?;
    if joined > 0 {
        note_membership(db, group, now)?;
    }
    Ok(())
}

fn note_membership(db: &Connection, group: &str, now: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE groups SET membership_updated_at = ?2 WHERE id = ?1")?
        .execute((group, Moment(now)))?;
    Ok(())
}
