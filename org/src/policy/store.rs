//! How policies stand in the database.

use jiff::Timestamp;
use model::AppId;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, named_params};
use std::collections::HashMap;

use super::app_sign_on::AppSignOnActions;
use super::conditions::Conditions;
use super::enrollment::EnrollActions;
use super::password::PasswordActions;
use super::profile_enrollment::ProfileActions;
use super::set::{PolicySet, is_called};
use super::sign_on::SignOnActions;
use super::{Actions, Policy, PolicyId, PolicyType, Rule};
use crate::store::{Json, Moment, parsed};

impl PolicySet {
    /// Reads all policies and rules of the org.
    pub(crate) fn load(db: &Connection) -> rusqlite::Result<Self> {
        let _snapshot = snapshot(db)?;
        let mut set = Self::default();
        load_type::<SignOnActions>(db, &mut set)?;
        load_type::<EnrollActions>(db, &mut set)?;
        load_type::<PasswordActions>(db, &mut set)?;
        load_type::<ProfileActions>(db, &mut set)?;
        load_type::<AppSignOnActions>(db, &mut set)?;
        set.assigned = load_assigned(db)?;
        set.labels = load_labels(db)?;
        Ok(set)
    }

    /// Writes all policies and rules. Assignments of apps are written by [`assign_app_policy`].
    pub(crate) fn save(&self, db: &Connection, now: Timestamp) -> rusqlite::Result<()> {
        save_type::<SignOnActions>(db, self, now)?;
        save_type::<EnrollActions>(db, self, now)?;
        save_type::<PasswordActions>(db, self, now)?;
        save_type::<ProfileActions>(db, self, now)?;
        save_type::<AppSignOnActions>(db, self, now)
    }
}

/// Several reads of one state of the database. Inside of a transaction they are that already.
pub(super) fn snapshot(db: &Connection) -> rusqlite::Result<Option<Transaction<'_>>> {
    let is_outside = db.is_autocommit();
    is_outside.then(|| db.unchecked_transaction()).transpose()
}

fn load_type<A: Actions>(db: &Connection, set: &mut PolicySet) -> rusqlite::Result<()> {
    let mut rules = load_rules::<A>(db)?;
    let policies = db
        .prepare_cached(
            "SELECT id, name, description, status, priority, system, conditions, settings FROM policies \
             WHERE type = ?1 ORDER BY system, priority, name",
        )?
        .query_map([A::TYPE.as_str()], |row| {
            let id: PolicyId = parsed(row, "id")?;
            Ok(Policy {
                rules: rules.remove(&id).unwrap_or_default(),
                id,
                name: row.get("name")?,
                description: row.get("description")?,
                status: parsed(row, "status")?,
                priority: row.get("priority")?,
                is_system: row.get("system")?,
                conditions: conditions(row)?,
                settings: row.get::<_, Json<A::Settings>>("settings")?.0,
            })
        })?
        .collect::<Result<_, _>>()?;
    *A::list_mut(set) = policies;
    Ok(())
}

fn load_rules<A: Actions>(db: &Connection) -> rusqlite::Result<HashMap<PolicyId, Vec<Rule<A>>>> {
    let mut statement = db.prepare_cached(
        "SELECT policy_id, r.id, r.name, r.status, r.priority, r.system, r.conditions, r.actions \
         FROM policy_rules AS r JOIN policies ON policies.id = policy_id \
         WHERE type = ?1 ORDER BY r.system, r.priority, r.name",
    )?;
    let mut rows = statement.query([A::TYPE.as_str()])?;
    let mut rules: HashMap<PolicyId, Vec<Rule<A>>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let rule = Rule {
            id: parsed(row, "id")?,
            name: row.get("name")?,
            status: parsed(row, "status")?,
            priority: row.get("priority")?,
            is_system: row.get("system")?,
            conditions: conditions(row)?,
            actions: row.get::<_, Json<A>>("actions")?.0,
        };
        rules
            .entry(parsed(row, "policy_id")?)
            .or_default()
            .push(rule);
    }
    Ok(rules)
}

fn conditions(row: &Row<'_>) -> rusqlite::Result<Conditions> {
    Ok(row.get::<_, Json<Conditions>>("conditions")?.0)
}

fn load_assigned(db: &Connection) -> rusqlite::Result<HashMap<(AppId, PolicyType), PolicyId>> {
    db.prepare_cached("SELECT app_id, type, policy_id FROM app_policies")?
        .query_map([], |row| {
            Ok(((parsed(row, 0)?, parsed(row, 1)?), parsed(row, 2)?))
        })?
        .collect()
}

/// Only of those that conditions name: there may be many groups and users.
fn load_labels(db: &Connection) -> rusqlite::Result<HashMap<String, String>> {
    db.prepare_cached(
        "WITH named (id) AS ( \
           SELECT atom FROM policies, json_tree(conditions, '$.people') WHERE atom IS NOT NULL \
           UNION SELECT atom FROM policy_rules, json_tree(conditions, '$.people') WHERE atom IS NOT NULL \
         ) \
         SELECT groups.id, groups.name FROM named JOIN groups USING (id) \
         UNION ALL SELECT users.id, users.login FROM named JOIN users USING (id)",
    )?
    .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}

fn save_type<A: Actions>(db: &Connection, set: &PolicySet, now: Timestamp) -> rusqlite::Result<()> {
    A::list(set)
        .iter()
        .try_for_each(|policy| save_policy(db, policy, now))
}

/// Writes a policy with its rules, new or changed. Rules that it no longer has are deleted.
fn save_policy<A: Actions>(
    db: &Connection,
    policy: &Policy<A>,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO policies (id, type, name, description, status, priority, system, conditions, settings, \
         created_at, updated_at) \
         VALUES (:id, :type, :name, :description, :status, :priority, :system, :conditions, :settings, :now, :now) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, \
         status = excluded.status, priority = excluded.priority, conditions = excluded.conditions, \
         settings = excluded.settings, updated_at = excluded.updated_at",
    )?
    .execute(named_params! {
        ":id": policy.id.as_str(),
        ":type": A::TYPE.as_str(),
        ":name": policy.name,
        ":description": policy.description,
        ":status": policy.status.as_str(),
        ":priority": policy.priority,
        ":system": policy.is_system,
        ":conditions": Json(&policy.conditions),
        ":settings": Json(&policy.settings),
        ":now": Moment(now),
    })?;
    let kept: Vec<&str> = policy.rules.iter().map(|rule| rule.id.as_str()).collect();
    db.prepare_cached(
        "DELETE FROM policy_rules WHERE policy_id = ?1 AND id NOT IN (SELECT value FROM json_each(?2))",
    )?
    .execute((policy.id.as_str(), Json(kept)))?;
    policy
        .rules
        .iter()
        .try_for_each(|rule| save_rule(db, &policy.id, rule, now))
}

fn save_rule<A: Actions>(
    db: &Connection,
    policy: &PolicyId,
    rule: &Rule<A>,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO policy_rules (id, policy_id, name, status, priority, system, conditions, actions, \
         created_at, updated_at) \
         VALUES (:id, :policy, :name, :status, :priority, :system, :conditions, :actions, :now, :now) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status, \
         priority = excluded.priority, conditions = excluded.conditions, actions = excluded.actions, \
         updated_at = excluded.updated_at",
    )?
    .execute(named_params! {
        ":id": rule.id.as_str(),
        ":policy": policy.as_str(),
        ":name": rule.name,
        ":status": rule.status.as_str(),
        ":priority": rule.priority,
        ":system": rule.is_system,
        ":conditions": Json(&rule.conditions),
        ":actions": Json(&rule.actions),
        ":now": Moment(now),
    })?;
    Ok(())
}

/// The policy of this name. Letter case does not count, and "Any one factor" is the preset "One factor access" as well.
pub(crate) fn find_policy_by_name(
    db: &Connection,
    policy_type: PolicyType,
    name: &str,
) -> rusqlite::Result<Option<PolicyId>> {
    let mut statement = db.prepare_cached("SELECT id, name FROM policies WHERE type = ?1")?;
    let mut rows = statement.query([policy_type.as_str()])?;
    while let Some(row) = rows.next()? {
        if is_called(&row.get::<_, String>("name")?, name) {
            return parsed(row, "id").map(Some);
        }
    }
    Ok(None)
}

/// Assigns an app to a policy instead of the one it had of the same type. `false`: there is no such policy that apps can be
/// assigned to.
pub(crate) fn assign_app_policy(
    db: &Connection,
    app: &AppId,
    policy: &PolicyId,
) -> rusqlite::Result<bool> {
    let found: Option<PolicyType> = db
        .prepare_cached("SELECT type FROM policies WHERE id = ?1")?
        .query_row([policy.as_str()], |row| parsed(row, 0))
        .optional()?;
    let Some(policy_type) = found.filter(|found| found.is_for_apps()) else {
        return Ok(false);
    };
    db.prepare_cached(
        "INSERT INTO app_policies (app_id, type, policy_id) VALUES (?1, ?2, ?3) \
         ON CONFLICT (app_id, type) DO UPDATE SET policy_id = excluded.policy_id",
    )?
    .execute((app.as_str(), policy_type.as_str(), policy.as_str()))?;
    Ok(true)
}

#[cfg(test)]
mod tests;
