//! Policies and their rules, as the use cases make and change them.

use serde_json::{Value, json};

use crate::Fault;
use crate::paths::{self, POLICIES};
use crate::walk::{Address, Create, Find, Id, Object, Undo, Update, Walk};

/// A policy by its name, or the default one of its type.
pub(super) fn named(policy_type: &str, name: &str) -> Find {
    Find::by(paths::policies_of(policy_type), "/name", name)
}

pub(super) fn default_of(policy_type: &str) -> Find {
    Find::by(paths::policies_of(policy_type), "/system", true)
}

/// A policy that the guide makes. `fields` are what it has besides type, name and status.
pub(super) async fn ensure(
    walk: &mut Walk<'_>,
    policy_type: &'static str,
    name: &str,
    fields: Value,
    promise: String,
) -> Result<Id, Fault> {
    let mut wanted = fields;
    wanted["status"] = json!("ACTIVE");
    let mut body = wanted.clone();
    body["type"] = json!(policy_type);
    body["name"] = json!(name);
    // Okta's own presets have names that many orgs have; a name with the use case in it is the guide's.
    let undo = if name.starts_with("Password-optional") {
        Undo::Delete
    } else {
        Undo::DeleteIfRecorded
    };
    let object = Object {
        kind: "policy",
        name: name.to_owned(),
        promise,
        find: named(policy_type, name),
        create: Some(Create::post(POLICIES, body)),
        wanted,
        address: Address::Below(POLICIES.to_owned()),
        update: Update::Whole,
        undo,
        warning: None,
    };
    walk.ensure(object).await
}

/// A rule that the guide makes in a policy.
pub(super) async fn ensure_rule(
    walk: &mut Walk<'_>,
    policy: (&Id, &str),
    name: &str,
    rule_type: &str,
    wanted: Value,
    promise: String,
) -> Result<Id, Fault> {
    let (id, policy_name) = policy;
    let mut body = crate::wanted::plain(&wanted);
    body["type"] = json!(rule_type);
    body["name"] = json!(name);
    let rules = paths::rules_of(id.text());
    let object = Object {
        kind: "rule",
        name: format!("{name} of {policy_name}"),
        promise,
        find: id.find(|_| Find::by(&*rules, "/name", name)),
        create: Some(Create::post(&*rules, body)),
        wanted,
        address: Address::Below(rules),
        update: Update::Whole,
        undo: Undo::Delete,
        warning: None,
    };
    walk.ensure(object).await
}

/// A rule that comes with its policy, and what it is in a new org.
pub(super) struct OwnRule<'a> {
    pub(super) policy: &'a Id,
    pub(super) policy_name: &'a str,
    pub(super) wanted: Value,
    pub(super) fresh: Value,
    pub(super) promise: String,
    pub(super) warning: Option<&'static str>,
}

/// Changes the one rule that every policy of its type has, and that stands last in it.
pub(super) async fn change_own_rule(walk: &mut Walk<'_>, rule: OwnRule<'_>) -> Result<(), Fault> {
    let rules = paths::rules_of(rule.policy.text());
    let object = Object {
        kind: "rule",
        name: format!("the last rule of {}", rule.policy_name),
        promise: rule.promise,
        find: rule.policy.find(|_| Find::by(&*rules, "/system", true)),
        create: None,
        wanted: rule.wanted,
        address: Address::Below(rules),
        update: Update::Whole,
        undo: Undo::Restore { fresh: rule.fresh },
        warning: rule.warning,
    };
    walk.ensure(object).await.map(drop)
}

/// `actions` of an authentication policy's rule: so many factors, under these constraints.
pub(super) fn assurance(factor_mode: &str, constraints: Value) -> Value {
    json!({"actions": {"appSignOn": {
        "access": "ALLOW",
        "verificationMethod": {
            "type": "ASSURANCE", "factorMode": factor_mode, "constraints": constraints, "reauthenticateIn": "PT12H",
        },
        "keepMeSignedIn": {"postAuth": "NOT_ALLOWED"},
    }}})
}

/// The constraint that one factor is the password.
pub(super) fn password() -> Value {
    json!([{"knowledge": {"types": ["password"]}}])
}

/// What Okta writes into the rule of a new authentication policy: a factor bound to a device, which email is not.
pub(super) fn device_bound() -> Value {
    assurance(
        "2FA",
        json!([{"possession": {"required": true, "deviceBound": "REQUIRED"}}]),
    )
}
