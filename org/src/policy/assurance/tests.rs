mod chains;
mod factors;
mod properties;
mod sources;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Requirement;
use crate::authenticator::{Method, Proof};
use crate::policy::app_sign_on::{AppSignOn, AppSignOnActions};
use crate::policy::sign_on::GlobalSession;
use crate::policy::sign_on::SignOnActions;

/// When the interaction began.
fn began() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1000)
}

/// Proved in the course of the interaction.
fn fresh(method: Method) -> Proof {
    let at = began() + SignedDuration::from_mins(3);
    Proof { method, at }
}

/// Proved so many minutes before the interaction began.
fn old(method: Method, minutes: i64) -> Proof {
    let at = began() - SignedDuration::from_mins(minutes);
    Proof { method, at }
}

fn session(signon: Value) -> GlobalSession {
    let mut signon = signon;
    signon["access"] = json!("ALLOW");
    let actions: SignOnActions =
        serde_json::from_value(json!({"signon": signon})).expect("actions");
    GlobalSession::from(&actions)
}

/// A session that any factor begins.
fn any_session() -> GlobalSession {
    session(json!({"primaryFactor": "PASSWORD_IDP_ANY_FACTOR"}))
}

fn app(verification: Value) -> AppSignOn {
    let rule = json!({"access": "ALLOW", "verificationMethod": verification});
    let actions: AppSignOnActions =
        serde_json::from_value(json!({"appSignOn": rule})).expect("actions");
    AppSignOn::from(&actions)
}

fn assurance(factor_mode: &str, constraints: Value) -> Value {
    json!({"type": "ASSURANCE", "factorMode": factor_mode, "constraints": constraints, "reauthenticateIn": "PT12H"})
}

fn chains(chains: Value) -> Value {
    json!({"type": "AUTH_METHOD_CHAIN", "chains": chains})
}

/// What an app with this verification method asks for.
fn asks(verification: Value) -> Requirement {
    Requirement::new(&any_session(), &app(verification), None)
}

fn is_met_by(requirement: &Requirement, methods: &[Method]) -> bool {
    let proofs: Vec<Proof> = methods.iter().copied().map(fresh).collect();
    requirement.is_met(&proofs, began())
}

/// What is useful to somebody who has all methods, after these proofs.
fn useful_after(requirement: &Requirement, methods: &[Method]) -> Vec<Method> {
    let proofs: Vec<Proof> = methods.iter().copied().map(fresh).collect();
    requirement.useful(&proofs, &Method::ALL, began())
}

fn password_and(factor_mode: &str) -> Value {
    assurance(factor_mode, json!([{"knowledge": {"types": ["password"]}}]))
}
