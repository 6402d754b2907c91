//! What callers send: read leniently at the top, where SDKs echo what they got, and strictly below.

use model::ErrorCode;
use rusqlite::Connection;
use serde_json::{Map, Value};

use crate::api::ApiError;
use crate::authenticator::Catalog;
use crate::policy::edit::{PolicyText, RuleText, Unreadable};
use crate::policy::{Noun, PolicyType};

/// Types of Okta's policies that the org has not.
pub(super) const UNBUILT: [&str; 7] = [
    "IDP_DISCOVERY",
    "POST_AUTH_SESSION",
    "ENTITY_RISK",
    "DEVICE_SIGNAL_COLLECTION",
    "SESSION_VIOLATION_DETECTION",
    "CLIENT_UPDATE",
    "IDENTITY_CLAIM_SOURCING",
];

/// The type that is named: one of the org's, or the refusal.
pub(super) fn policy_type(name: &str) -> Result<PolicyType, ApiError> {
    if UNBUILT.contains(&name) {
        let summary = format!("Not implemented in the local org: policies of type {name}.");
        return Err(ApiError::new(ErrorCode::NotImplemented).saying(summary));
    }
    PolicyType::try_from(name.to_owned())
        .map_err(|_| ApiError::invalid("type", "Not a type of policy"))
}

/// The type of the policy that is sent.
pub(super) fn type_of(body: &Value) -> Result<PolicyType, ApiError> {
    match body.get("type").and_then(Value::as_str) {
        Some(name) => policy_type(name),
        None => Err(ApiError::invalid("type", "The field cannot be left blank")),
    }
}

/// Reads a policy.
pub(super) fn policy(policy_type: PolicyType, body: Value) -> Result<PolicyText, ApiError> {
    if body
        .get("type")
        .is_some_and(|sent| *sent != policy_type.as_str())
    {
        return Err(ApiError::invalid(
            "type",
            "The type of a policy cannot be changed",
        ));
    }
    let resource = body.pointer("/_embedded/resourceType");
    if resource.is_some_and(|resource| *resource != "APP") {
        let summary = "Not implemented in the local org: policies for other resources than apps.";
        return Err(ApiError::new(ErrorCode::NotImplemented).saying(summary.to_owned()));
    }
    let fields = [
        "name",
        "description",
        "status",
        "priority",
        "conditions",
        "settings",
    ];
    PolicyText::read(policy_type, only(body, &fields)).map_err(refused)
}

/// Reads a rule of a policy.
pub(super) fn rule(policy_type: PolicyType, body: Value) -> Result<RuleText, ApiError> {
    let fields = [
        "name",
        "type",
        "status",
        "priority",
        "conditions",
        "actions",
    ];
    RuleText::read(policy_type, only(body, &fields)).map_err(refused)
}

fn refused(unreadable: Unreadable) -> ApiError {
    match unreadable {
        Unreadable::Flaw(flaw) => flaw.into(),
        Unreadable::Shape { field, problem } => {
            let field = if field == "." { "body" } else { &field };
            ApiError::invalid(field, &problem)
        }
    }
}

/// The fields that can be written; what is null is as what is absent.
fn only(body: Value, fields: &[&str]) -> Value {
    let Value::Object(body) = body else {
        return body;
    };
    let kept = body
        .into_iter()
        .filter(|(name, _)| fields.contains(&name.as_str()));
    without_nulls(Value::Object(kept.collect::<Map<_, _>>()))
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// Refuses groups and users that are not there, unless they stood there before: somebody may have deleted them since.
pub(super) fn check_named(
    db: &Connection,
    named: &[(Noun, String)],
    before: &str,
) -> Result<(), ApiError> {
    for (noun, id) in named {
        let (sql, kind) = match noun {
            Noun::Group => (
                "SELECT EXISTS (SELECT 1 FROM groups WHERE id = ?1)",
                "group",
            ),
            Noun::User => ("SELECT EXISTS (SELECT 1 FROM users WHERE id = ?1)", "user"),
        };
        let exists: bool = db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
        let stood_there = !id.is_empty() && before.contains(id.as_str());
        if !exists && !stood_there {
            let id: String = id.chars().filter(|c| !c.is_control()).take(100).collect();
            let message = format!("There is no {kind} with the id {id}");
            return Err(ApiError::invalid(&format!("{kind}s"), &message));
        }
    }
    Ok(())
}

/// Refuses to require what nobody can set up.
pub(super) fn check_required(db: &Connection, text: &PolicyText) -> Result<(), ApiError> {
    let required = text.required_authenticators();
    if required.is_empty() {
        return Ok(());
    }
    let catalog = Catalog::load(db)?;
    for key in required {
        if !catalog.get(key).is_some_and(|record| record.is_active) {
            let message = format!("{} is not active, so it cannot be required", key.as_str());
            return Err(ApiError::invalid("authenticators", &message));
        }
    }
    Ok(())
}
