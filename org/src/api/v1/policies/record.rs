use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::{Value, json};

use crate::api::ApiError;
use crate::authenticator::Catalog;
use crate::policy::{PolicyId, PolicyType, RuleId, Status};
use crate::store::{Json, Moment, parsed};

/// A policy as the database has it.
#[derive(Debug, Clone)]
pub(in crate::api::v1) struct PolicyRecord {
    pub(in crate::api::v1) id: PolicyId,
    pub(in crate::api::v1) policy_type: PolicyType,
    pub(in crate::api::v1) name: String,
    pub(super) description: String,
    pub(super) status: Status,
    pub(super) priority: u32,
    pub(super) is_system: bool,
    pub(super) conditions: Value,
    pub(super) settings: Value,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// A rule as the database has it.
#[derive(Debug, Clone)]
pub(super) struct RuleRecord {
    pub(super) id: RuleId,
    pub(super) name: String,
    pub(super) status: Status,
    pub(super) priority: u32,
    pub(super) is_system: bool,
    pub(super) conditions: Value,
    pub(super) actions: Value,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// The columns that [`from_row`] reads.
pub(super) const COLUMNS: &str = "id, type, name, description, status, priority, system, \
    conditions, settings, created_at, updated_at";

pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<PolicyRecord> {
    Ok(PolicyRecord {
        id: parsed(row, 0)?,
        policy_type: parsed(row, 1)?,
        name: row.get(2)?,
        description: row.get(3)?,
        status: parsed(row, 4)?,
        priority: row.get(5)?,
        is_system: row.get(6)?,
        conditions: row.get::<_, Json<Value>>(7)?.0,
        settings: row.get::<_, Json<Value>>(8)?.0,
        created_at: row.get::<_, Moment>(9)?.0,
        updated_at: row.get::<_, Moment>(10)?.0,
    })
}

/// The policy with this id, else `E0000007`.
pub(in crate::api::v1) fn find_policy(db: &Connection, id: &str) -> Result<PolicyRecord, ApiError> {
    let mut policy = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM policies WHERE id = ?1"))?
        .query_row([id], from_row)
        .optional()?
        .ok_or_else(|| ApiError::not_found("Policy", id))?;
    complete(db, std::slice::from_mut(&mut policy))?;
    Ok(policy)
}

/// The authenticators that an enrollment policy leaves out are not allowed, and Okta's answers say so.
pub(super) fn complete(db: &Connection, policies: &mut [PolicyRecord]) -> rusqlite::Result<()> {
    if !policies
        .iter()
        .any(|policy| policy.policy_type == PolicyType::MfaEnroll)
    {
        return Ok(());
    }
    let catalog = Catalog::load(db)?;
    for policy in policies {
        let Some(Value::Array(said)) = policy.settings.get_mut("authenticators") else {
            continue;
        };
        for record in &catalog {
            let key = record.key.as_str();
            if !said.iter().any(|one| one["key"] == key) {
                said.push(json!({"key": key, "enroll": {"self": "NOT_ALLOWED"}}));
            }
        }
    }
    Ok(())
}

const RULE_COLUMNS: &str =
    "id, name, status, priority, system, conditions, actions, created_at, updated_at";

fn rule_from_row(row: &Row<'_>) -> rusqlite::Result<RuleRecord> {
    Ok(RuleRecord {
        id: parsed(row, 0)?,
        name: row.get(1)?,
        status: parsed(row, 2)?,
        priority: row.get(3)?,
        is_system: row.get(4)?,
        conditions: row.get::<_, Json<Value>>(5)?.0,
        actions: row.get::<_, Json<Value>>(6)?.0,
        created_at: row.get::<_, Moment>(7)?.0,
        updated_at: row.get::<_, Moment>(8)?.0,
    })
}

/// The rules of a policy, the system's last.
pub(super) fn rules_of(db: &Connection, policy: &PolicyId) -> rusqlite::Result<Vec<RuleRecord>> {
    db.prepare_cached(&format!(
        "SELECT {RULE_COLUMNS} FROM policy_rules WHERE policy_id = ?1 ORDER BY system, priority, name"
    ))?
    .query_map([policy.as_str()], rule_from_row)?
    .collect()
}

/// The rule with this id, of this policy; else `E0000007`.
pub(super) fn find_rule(
    db: &Connection,
    policy: &PolicyId,
    id: &str,
) -> Result<RuleRecord, ApiError> {
    db.prepare_cached(&format!(
        "SELECT {RULE_COLUMNS} FROM policy_rules WHERE policy_id = ?1 AND id = ?2"
    ))?
    .query_row([policy.as_str(), id], rule_from_row)
    .optional()?
    .ok_or_else(|| ApiError::not_found("PolicyRule", id))
}
