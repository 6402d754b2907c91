use jiff::Timestamp;
use model::Entropy;
use rusqlite::{Connection, named_params};

use super::order::{Order, Place};
use super::text::RuleText;
use crate::policy::{PolicyId, PolicyType, RuleId, Status};
use crate::store::Moment;

/// Whether another rule of the policy has the name.
pub(crate) fn is_rule_name_taken(
    db: &Connection,
    policy: &PolicyId,
    name: &str,
    except: Option<&RuleId>,
) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM policy_rules WHERE policy_id = ?1 AND name = ?2 AND id IS NOT ?3)",
    )?
    .query_row(
        (policy.as_str(), name, except.map(RuleId::as_str)),
        |row| row.get(0),
    )
}

/// Adds a rule before the system's.
pub(crate) fn create_rule(
    db: &Connection,
    (policy_type, policy): (PolicyType, &PolicyId),
    (rule, status): (&RuleText, Status),
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<RuleId> {
    let id = RuleId::generate(policy_type, entropy);
    insert_rule(db, policy, &id, rule, (status, false), now)?;
    arrange(db, (policy_type, policy), &id, rule.priority)?;
    Ok(id)
}

pub(super) fn insert_rule(
    db: &Connection,
    policy: &PolicyId,
    id: &RuleId,
    rule: &RuleText,
    (status, is_system): (Status, bool),
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO policy_rules (id, policy_id, name, status, priority, system, conditions, actions, \
         created_at, updated_at) \
         VALUES (:id, :policy, :name, :status, :priority, :system, :conditions, :actions, :now, :now)",
    )?
    .execute(named_params! {
        ":id": id.as_str(),
        ":policy": policy.as_str(),
        ":name": rule.name,
        ":status": status.as_str(),
        ":priority": rule.priority.unwrap_or_default(),
        ":system": is_system,
        ":conditions": rule.conditions,
        ":actions": rule.actions,
        ":now": Moment(now),
    })?;
    Ok(())
}

/// Changes a rule. The system's keeps its conditions, its place and its status.
pub(crate) fn replace_rule(
    db: &Connection,
    (policy_type, policy): (PolicyType, &PolicyId),
    id: &RuleId,
    (rule, is_system): (&RuleText, bool),
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE policy_rules SET name = :name, actions = :actions, updated_at = :now, \
         conditions = CASE WHEN system THEN conditions ELSE :conditions END, \
         status = CASE WHEN system THEN status ELSE coalesce(:status, status) END WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id.as_str(),
        ":name": rule.name,
        ":status": rule.status.map(Status::as_str),
        ":conditions": rule.conditions,
        ":actions": rule.actions,
        ":now": Moment(now),
    })?;
    if !is_system && rule.priority.is_some() {
        arrange(db, (policy_type, policy), id, rule.priority)?;
    }
    Ok(())
}

/// Deletes a rule; those behind it move up where priorities have no gaps.
pub(crate) fn delete_rule(
    db: &Connection,
    (policy_type, policy): (PolicyType, &PolicyId),
    id: &RuleId,
) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM policy_rules WHERE id = ?1")?
        .execute([id.as_str()])?;
    let mut places = places(db, policy)?;
    Order::of_rules(policy_type).number(&mut places);
    store(db, (policy_type, policy), &places)
}

/// Lets a rule count, or not.
pub(crate) fn set_rule_status(
    db: &Connection,
    id: &RuleId,
    status: Status,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE policy_rules SET status = ?2, updated_at = ?3 WHERE id = ?1")?
        .execute((id.as_str(), status.as_str(), Moment(now)))?;
    Ok(())
}

fn arrange(
    db: &Connection,
    of: (PolicyType, &PolicyId),
    id: &RuleId,
    wanted: Option<u32>,
) -> rusqlite::Result<()> {
    let mut places = places(db, of.1)?;
    // One that is new stands nowhere yet.
    Order::of_rules(of.0).put(&mut places, id.as_str(), wanted);
    store(db, of, &places)
}

fn places(db: &Connection, policy: &PolicyId) -> rusqlite::Result<Vec<Place>> {
    db.prepare_cached(
        "SELECT id, priority FROM policy_rules WHERE policy_id = ?1 AND NOT system ORDER BY priority, name",
    )?
    .query_map([policy.as_str()], |row| {
        Ok(Place {
            id: row.get(0)?,
            priority: row.get(1)?,
        })
    })?
    .collect()
}

/// Writes the places, and the system rule behind them. That of a policy for apps stands at its own.
fn store(
    db: &Connection,
    (policy_type, policy): (PolicyType, &PolicyId),
    places: &[Place],
) -> rusqlite::Result<()> {
    let mut update = db
        .prepare_cached("UPDATE policy_rules SET priority = ?2 WHERE id = ?1 AND priority <> ?2")?;
    for place in places {
        update.execute((&place.id, place.priority))?;
    }
    if !policy_type.is_for_apps() {
        db.prepare_cached("UPDATE policy_rules SET priority = ?2 WHERE policy_id = ?1 AND system")?
            .execute((
                policy.as_str(),
                places.last().map_or(1, |last| last.priority + 1),
            ))?;
    }
    Ok(())
}
