use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};

use super::record::status;
use crate::policy::server_access::{RuleConditions, TokenLifetimes};
use crate::store::{Json, Moment};

/// An access policy of a custom authorization server.
#[derive(Debug, Clone)]
pub(crate) struct PolicyRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) is_active: bool,
    /// 1 is asked first.
    pub(crate) priority: u32,
    pub(crate) system: bool,
    /// Ids of apps, or `ALL_CLIENTS`.
    pub(crate) clients: Vec<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// A rule of such a policy.
#[derive(Debug, Clone)]
pub(crate) struct RuleRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) is_active: bool,
    pub(crate) priority: u32,
    pub(crate) system: bool,
    pub(crate) conditions: RuleConditions,
    pub(crate) token: TokenLifetimes,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

const POLICY: &str =
    "id, name, description, status = 'ACTIVE', priority, system, clients, created_at, updated_at";
const RULE: &str =
    "id, name, status = 'ACTIVE', priority, system, conditions, token, created_at, updated_at";

fn policy_from_row(row: &Row<'_>) -> rusqlite::Result<PolicyRecord> {
    Ok(PolicyRecord {
        id: row.get(0)?,
        name: row.get(1)?,
        description: row.get(2)?,
        is_active: row.get(3)?,
        priority: row.get(4)?,
        system: row.get(5)?,
        clients: row.get::<_, Json<Vec<String>>>(6)?.0,
        created_at: row.get::<_, Moment>(7)?.0,
        updated_at: row.get::<_, Moment>(8)?.0,
    })
}

fn rule_from_row(row: &Row<'_>) -> rusqlite::Result<RuleRecord> {
    Ok(RuleRecord {
        id: row.get(0)?,
        name: row.get(1)?,
        is_active: row.get(2)?,
        priority: row.get(3)?,
        system: row.get(4)?,
        conditions: row.get::<_, Json<RuleConditions>>(5)?.0,
        token: row.get::<_, Json<TokenLifetimes>>(6)?.0,
        created_at: row.get::<_, Moment>(7)?.0,
        updated_at: row.get::<_, Moment>(8)?.0,
    })
}

/// The policies of a server, the one that is asked first first.
pub(crate) fn list_policies(db: &Connection, server: &str) -> rusqlite::Result<Vec<PolicyRecord>> {
    db.prepare_cached(&format!(
        "SELECT {POLICY} FROM server_policies WHERE server_id = ?1 ORDER BY priority, id"
    ))?
    .query_map([server], policy_from_row)?
    .collect()
}

/// A policy of a server by its id.
pub(crate) fn find_policy(
    db: &Connection,
    server: &str,
    id: &str,
) -> rusqlite::Result<Option<PolicyRecord>> {
    db.prepare_cached(&format!(
        "SELECT {POLICY} FROM server_policies WHERE server_id = ?1 AND id = ?2"
    ))?
    .query_row((server, id), policy_from_row)
    .optional()
}

/// The rules of a policy, the one that is asked first first.
pub(crate) fn list_rules(db: &Connection, policy: &str) -> rusqlite::Result<Vec<RuleRecord>> {
    db.prepare_cached(&format!(
        "SELECT {RULE} FROM server_policy_rules WHERE policy_id = ?1 ORDER BY priority, id"
    ))?
    .query_map([policy], rule_from_row)?
    .collect()
}

/// A rule of a policy by its id.
pub(crate) fn find_rule(
    db: &Connection,
    policy: &str,
    id: &str,
) -> rusqlite::Result<Option<RuleRecord>> {
    db.prepare_cached(&format!(
        "SELECT {RULE} FROM server_policy_rules WHERE policy_id = ?1 AND id = ?2"
    ))?
    .query_row((policy, id), rule_from_row)
    .optional()
}

/// Keeps a policy, new or changed, in its place: the others make way for it.
pub(crate) fn put_policy(
    db: &Connection,
    server: &str,
    policy: &PolicyRecord,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO server_policies (id, server_id, name, description, status, priority, system, clients, created_at, \
         updated_at) VALUES (:id, :server, :name, :description, :status, :priority, :system, :clients, :created, :updated) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, status = excluded.status, \
         priority = excluded.priority, clients = excluded.clients, updated_at = excluded.updated_at",
    )?
    .execute(named_params! {
        ":id": policy.id,
        ":server": server,
        ":name": policy.name,
        ":description": policy.description,
        ":status": status(policy.is_active),
        ":priority": policy.priority,
        ":system": policy.system,
        ":clients": Json(&policy.clients),
        ":created": Moment(policy.created_at),
        ":updated": Moment(policy.updated_at),
    })?;
    let others = list_policies(db, server)?.into_iter().map(|other| other.id);
    let order = placed(others, &policy.id, policy.priority);
    renumber(db, "server_policies", &order)
}

/// Keeps a rule, new or changed, in its place: the others make way for it.
pub(crate) fn put_rule(db: &Connection, policy: &str, rule: &RuleRecord) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO server_policy_rules (id, policy_id, name, status, priority, system, conditions, token, created_at, \
         updated_at) VALUES (:id, :policy, :name, :status, :priority, :system, :conditions, :token, :created, :updated) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status, priority = excluded.priority, \
         conditions = excluded.conditions, token = excluded.token, updated_at = excluded.updated_at",
    )?
    .execute(named_params! {
        ":id": rule.id,
        ":policy": policy,
        ":name": rule.name,
        ":status": status(rule.is_active),
        ":priority": rule.priority,
        ":system": rule.system,
        ":conditions": Json(&rule.conditions),
        ":token": Json(rule.token),
        ":created": Moment(rule.created_at),
        ":updated": Moment(rule.updated_at),
    })?;
    let others = list_rules(db, policy)?.into_iter().map(|other| other.id);
    let order = placed(others, &rule.id, rule.priority);
    renumber(db, "server_policy_rules", &order)
}

/// The ids in their order, with `id` at the place that its priority asks for, or the last.
fn placed(others: impl Iterator<Item = String>, id: &str, priority: u32) -> Vec<String> {
    let mut order: Vec<String> = others.filter(|other| other != id).collect();
    let place = usize::try_from(priority).unwrap_or(usize::MAX).max(1) - 1;
    order.insert(place.min(order.len()), id.to_owned());
    order
}

/// Numbers them from 1.
fn renumber(db: &Connection, table: &str, order: &[String]) -> rusqlite::Result<()> {
    let mut update = db.prepare_cached(&format!(
        "UPDATE {table} SET priority = ?2 WHERE id = ?1 AND priority <> ?2"
    ))?;
    for (id, priority) in order.iter().zip(1_u32..) {
        update.execute((id, priority))?;
    }
    Ok(())
}

/// Forgets a policy with its rules; those behind it move up.
pub(crate) fn delete_policy(db: &Connection, server: &str, id: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM server_policies WHERE id = ?1")?
        .execute([id])?;
    let left: Vec<String> = list_policies(db, server)?
        .into_iter()
        .map(|other| other.id)
        .collect();
    renumber(db, "server_policies", &left)
}

/// Forgets a rule; those behind it move up.
pub(crate) fn delete_rule(db: &Connection, policy: &str, id: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM server_policy_rules WHERE id = ?1")?
        .execute([id])?;
    let left: Vec<String> = list_rules(db, policy)?
        .into_iter()
        .map(|other| other.id)
        .collect();
    renumber(db, "server_policy_rules", &left)
}
