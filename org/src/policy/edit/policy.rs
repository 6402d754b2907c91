use jiff::Timestamp;
use model::Entropy;
use rusqlite::{Connection, OptionalExtension as _, named_params};

use super::order::{Order, Place};
use super::rule::insert_rule;
use super::text::{PolicyText, RuleText};
use super::{each_type, text};
use crate::policy::conditions::Conditions;
use crate::policy::set::{CATCH_ALL, CATCH_ALL_PRIORITY};
use crate::policy::{Actions, PolicyId, PolicyType, RuleId, Status};
use crate::store::{Moment, parsed};

/// A policy that is to be, beside what it says.
#[derive(Debug)]
pub(crate) struct NewPolicy<'a> {
    pub(crate) text: &'a PolicyText,
    pub(crate) status: Status,
}

/// Whether another policy of the type has the name.
pub(crate) fn is_name_taken(
    db: &Connection,
    policy_type: PolicyType,
    name: &str,
    except: Option<&PolicyId>,
) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM policies WHERE type = ?1 AND name = ?2 AND id IS NOT ?3)",
    )?
    .query_row(
        (policy_type.as_str(), name, except.map(PolicyId::as_str)),
        |row| row.get(0),
    )
}

/// Makes a policy. One of a type that apps are assigned to has a last rule from the beginning.
pub(crate) fn create_policy(
    db: &Connection,
    new: &NewPolicy<'_>,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<PolicyId> {
    let text = new.text;
    let id = PolicyId::generate(text.policy_type, entropy);
    let unsaid = each_type!(text.policy_type, A => unsaid::<A>())?;
    db.prepare_cached(
        "INSERT INTO policies (id, type, name, description, status, priority, system, conditions, settings, \
         created_at, updated_at) \
         VALUES (:id, :type, :name, :description, :status, 1, FALSE, :conditions, :settings, :now, :now)",
    )?
    .execute(named_params! {
        ":id": id.as_str(),
        ":type": text.policy_type.as_str(),
        ":name": text.name,
        ":description": text.description.as_deref().unwrap_or_default(),
        ":status": new.status.as_str(),
        ":conditions": text.conditions.as_deref().unwrap_or("{}"),
        ":settings": text.settings.as_deref().unwrap_or(&unsaid),
        ":now": Moment(now),
    })?;
    arrange(db, text.policy_type, &id, text.priority)?;
    each_type!(text.policy_type, A => insert_catch_all::<A>(db, &id, entropy, now))?;
    Ok(id)
}

/// The settings of a policy that says none.
fn unsaid<A: Actions>() -> rusqlite::Result<String> {
    storable(text::written(&A::Settings::default()))
}

/// What was read can be written; should it not, the change is undone.
fn storable(written: Result<String, text::Unreadable>) -> rusqlite::Result<String> {
    written.map_err(|error| rusqlite::Error::ToSqlConversionFailure(format!("{error:?}").into()))
}

fn insert_catch_all<A: Actions>(
    db: &Connection,
    policy: &PolicyId,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let Some(actions) = A::catch_all() else {
        return Ok(());
    };
    let rule = RuleText {
        name: CATCH_ALL.to_owned(),
        status: None,
        priority: Some(CATCH_ALL_PRIORITY),
        conditions: storable(text::written(&Conditions::default()))?,
        restricts: false,
        actions: storable(text::written(&actions))?,
        named: Vec::new(),
    };
    let id = RuleId::generate(A::TYPE, entropy);
    insert_rule(db, policy, &id, &rule, (Status::Active, true), now)
}

/// Changes a policy. A priority moves it among those that are not the system's.
pub(crate) fn replace_policy(
    db: &Connection,
    id: &PolicyId,
    text: &PolicyText,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE policies SET name = :name, description = coalesce(:description, description), \
         status = coalesce(:status, status), conditions = coalesce(:conditions, conditions), \
         settings = coalesce(:settings, settings), updated_at = :now WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id.as_str(),
        ":name": text.name,
        ":description": text.description,
        ":status": text.status.map(Status::as_str),
        ":conditions": text.conditions,
        ":settings": text.settings,
        ":now": Moment(now),
    })?;
    if text.priority.is_some() {
        arrange(db, text.policy_type, id, text.priority)?;
    }
    Ok(())
}

/// Deletes a policy with its rules; those behind it move up.
pub(crate) fn delete_policy(
    db: &Connection,
    policy_type: PolicyType,
    id: &PolicyId,
) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM policies WHERE id = ?1")?
        .execute([id.as_str()])?;
    let mut places = places(db, policy_type)?;
    Order::of_policies(policy_type).number(&mut places);
    store(db, policy_type, &places)
}

/// Lets a policy count, or not.
pub(crate) fn set_policy_status(
    db: &Connection,
    id: &PolicyId,
    status: Status,
    now: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE policies SET status = ?2, updated_at = ?3 WHERE id = ?1")?
        .execute((id.as_str(), status.as_str(), Moment(now)))?;
    Ok(())
}

/// Makes a policy with the same rules under another name.
pub(crate) fn clone_policy(
    db: &Connection,
    (policy_type, id): (PolicyType, &PolicyId),
    name: &str,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<PolicyId> {
    let copy = PolicyId::generate(policy_type, entropy);
    db.prepare_cached(
        "INSERT INTO policies (id, type, name, description, status, priority, system, conditions, settings, \
         created_at, updated_at) SELECT ?2, type, ?3, description, status, priority, FALSE, conditions, settings, \
         ?4, ?4 FROM policies WHERE id = ?1",
    )?
    .execute((id.as_str(), copy.as_str(), name, Moment(now)))?;
    let rules: Vec<RuleId> = db
        .prepare_cached("SELECT id FROM policy_rules WHERE policy_id = ?1")?
        .query_map([id.as_str()], |row| parsed(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut insert = db.prepare_cached(
        "INSERT INTO policy_rules (id, policy_id, name, status, priority, system, conditions, actions, \
         created_at, updated_at) SELECT ?2, ?3, name, status, priority, system, conditions, actions, ?4, ?4 \
         FROM policy_rules WHERE id = ?1",
    )?;
    for rule in rules {
        let of_copy = RuleId::generate(policy_type, entropy);
        insert.execute((rule.as_str(), of_copy.as_str(), copy.as_str(), Moment(now)))?;
    }
    arrange(db, policy_type, &copy, None)?;
    Ok(copy)
}

fn arrange(
    db: &Connection,
    policy_type: PolicyType,
    id: &PolicyId,
    wanted: Option<u32>,
) -> rusqlite::Result<()> {
    let is_system: Option<bool> = db
        .prepare_cached("SELECT system FROM policies WHERE id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?;
    if is_system != Some(false) {
        return Ok(());
    }
    let mut places = places(db, policy_type)?;
    Order::of_policies(policy_type).put(&mut places, id.as_str(), wanted);
    store(db, policy_type, &places)
}

fn places(db: &Connection, policy_type: PolicyType) -> rusqlite::Result<Vec<Place>> {
    db.prepare_cached(
        "SELECT id, priority FROM policies WHERE type = ?1 AND NOT system ORDER BY priority, name",
    )?
    .query_map([policy_type.as_str()], |row| {
        Ok(Place {
            id: row.get(0)?,
            priority: row.get(1)?,
        })
    })?
    .collect()
}

/// Writes the places, and the system policy behind them.
fn store(db: &Connection, policy_type: PolicyType, places: &[Place]) -> rusqlite::Result<()> {
    let mut update =
        db.prepare_cached("UPDATE policies SET priority = ?2 WHERE id = ?1 AND priority <> ?2")?;
    for place in places {
        update.execute((&place.id, place.priority))?;
    }
    if !policy_type.is_for_apps() {
        db.prepare_cached("UPDATE policies SET priority = ?2 WHERE type = ?1 AND system")?
            .execute((
                policy_type.as_str(),
                places.last().map_or(1, |last| last.priority + 1),
            ))?;
    }
    Ok(())
}
